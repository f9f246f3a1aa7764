import { serialize } from "node:v8";
import { NotCloneableError } from "../../error/errors.js";
import { encode } from "../../wire/codec.js";
import { ring } from "./bell.js";
import {
  CAPACITY,
  HEAD,
  ITEM,
  LAST,
  PART,
  padded,
  READ,
  RECEIVER_ASLEEP,
  RECEIVER_BELL,
  SENT,
  type SharedMemory,
  SKIP,
  SMALL,
  TAKEN,
  WRITTEN,
} from "./layout.js";

/** No smaller piece of a large item is written while more is to come. */
const LEAST_PART = 256;

/** The sending side of the ring. Only one thread, and in it one writer, may use it. */
export class Writer {
  readonly #memory: SharedMemory;
  readonly #capacity: number;
  readonly #label: string;
  #at: number;
  #sent: number;
  /** READ and TAKEN as last seen: they are loaded again only when there seems to be no room. */
  #read: number;
  #taken: number;
  /** What is still to be written of an item that was accepted. */
  #rest: Buffer | undefined = undefined;

  constructor(memory: SharedMemory, label: string) {
    const { control } = memory;
    this.#memory = memory;
    this.#label = label;
    this.#capacity = control[CAPACITY] as number;
    this.#at = Atomics.load(control, WRITTEN);
    this.#sent = Atomics.load(control, SENT);
    this.#read = Atomics.load(control, READ);
    this.#taken = Atomics.load(control, TAKEN);
  }

  /** Part of an accepted item is not in the ring yet. */
  get busy(): boolean {
    return this.#rest !== undefined;
  }

  /** One more item would be accepted now. */
  hasRoom(): boolean {
    if (this.#rest !== undefined) return false;
    if (((this.#sent - this.#taken) | 0) < this.#capacity && this.#fits()) return true;
    this.#refresh();
    return ((this.#sent - this.#taken) | 0) < this.#capacity && this.#fits();
  }

  /**
   * Writes an item, only if there is room. `commit` has the last word when it is known that the item can be sent: with false,
   * nothing has happened. @throws NotCloneableError
   */
  write(item: unknown, commit: () => boolean): boolean {
    const { area, words, bytes } = this.#memory;
    this.#skip(HEAD + SMALL);
    const offset = this.#at & (bytes - 1);
    const start = offset + HEAD;
    const end = encode(item, area, start, start + SMALL);
    if (end < 0) return this.#writeLarge(this.#serialize(item), commit);
    if (!commit()) return false;
    words[offset >> 2] = end - start;
    words[(offset >> 2) + 1] = ITEM;
    this.#at = (this.#at + HEAD + padded(end - start)) | 0;
    this.#accept();
    this.#publish();
    return true;
  }

  /** Goes on with an item that did not fit. True when it is done. */
  flush(): boolean {
    if (this.#rest === undefined) return true;
    this.#refresh();
    this.#writeParts();
    return this.#rest === undefined;
  }

  /** Forgets the rest of an item that was accepted. Only when nobody will read it. */
  abandon(): void {
    this.#rest = undefined;
  }

  #serialize(item: unknown): Buffer {
    try {
      return serialize(item);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new NotCloneableError("the item", this.#label, why, { cause });
    }
  }

  #writeLarge(rest: Buffer, commit: () => boolean): boolean {
    if (!commit()) return false;
    this.#rest = rest;
    this.#accept();
    this.#writeParts();
    return true;
  }

  #writeParts(): void {
    const { area, words, bytes } = this.#memory;
    for (let rest = this.#rest; rest !== undefined; rest = this.#rest) {
      const least = HEAD + Math.min(padded(rest.length), LEAST_PART);
      if (!this.#fits(least)) break;
      this.#skip(least);
      const offset = this.#at & (bytes - 1);
      const room = Math.min(bytes - offset, this.#free()) - HEAD;
      const length = Math.min(rest.length, room);
      area.bytes.set(rest.subarray(0, length), offset + HEAD);
      words[offset >> 2] = length;
      words[(offset >> 2) + 1] = length === rest.length ? LAST : PART;
      this.#at = (this.#at + HEAD + padded(length)) | 0;
      this.#rest = length === rest.length ? undefined : rest.subarray(length);
    }
    this.#publish();
  }

  #accept(): void {
    this.#sent = (this.#sent + 1) | 0;
    Atomics.store(this.#memory.control, SENT, this.#sent);
  }

  #publish(): void {
    Atomics.store(this.#memory.control, WRITTEN, this.#at);
    ring(this.#memory.control, RECEIVER_ASLEEP, RECEIVER_BELL);
  }

  #refresh(): void {
    this.#read = Atomics.load(this.#memory.control, READ);
    this.#taken = Atomics.load(this.#memory.control, TAKEN);
  }

  #free(): number {
    return this.#memory.bytes - ((this.#at - this.#read) | 0);
  }

  /** A record of that many bytes fits in one piece, behind what is skipped at the end of the ring if need be. */
  #fits(need = HEAD + SMALL): boolean {
    const toEnd = this.#memory.bytes - (this.#at & (this.#memory.bytes - 1));
    return this.#free() >= (toEnd < need ? toEnd + need : need);
  }

  /** Goes to the beginning of the ring if a record of that many bytes does not fit before its end. */
  #skip(need: number): void {
    const { words, bytes } = this.#memory;
    const offset = this.#at & (bytes - 1);
    const toEnd = bytes - offset;
    if (toEnd >= need) return;
    words[offset >> 2] = toEnd - HEAD;
    words[(offset >> 2) + 1] = SKIP;
    this.#at = (this.#at + toEnd) | 0;
  }
}
