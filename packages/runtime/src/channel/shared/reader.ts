import { deserialize } from "node:v8";
import { decode } from "../../wire/codec.js";
import type { ItemQueue } from "../ring.js";
import { HEAD, ITEM, LAST, PART, padded, READ, type SharedMemory, SKIP, TAKEN, WRITTEN } from "./layout.js";
import { countOf } from "./state.js";

/** The receiving side of the ring. Only one thread, and in it one reader, may use it. */
export class Reader<T> implements ItemQueue<T> {
  readonly #memory: SharedMemory;
  /** Something has moved: the sender may have room. */
  readonly #moved: () => void;
  #at: number;
  #taken: number;
  /** WRITTEN as last seen: it is loaded again only when all up to it is read. */
  #written: number;
  /** Of a large item, what has come so far. */
  #parts: Uint8Array[] = [];
  /** A large item that was put together and not yet taken. */
  #peeked: { readonly item: T } | undefined = undefined;

  constructor(memory: SharedMemory, moved: () => void) {
    this.#memory = memory;
    this.#moved = moved;
    this.#at = Atomics.load(memory.control, READ);
    this.#taken = Atomics.load(memory.control, TAKEN);
    this.#written = this.#at;
  }

  /** 0 while the first item is not complete. */
  get size(): number {
    return this.#complete() ? countOf(this.#memory) : 0;
  }

  /** Part of an item has come, and the rest not yet. */
  get partial(): boolean {
    return this.#parts.length > 0;
  }

  shift(): T {
    const item = this.peek();
    this.drop();
    return item;
  }

  /** The first item, which stays. Only when `size` is not 0. */
  peek(): T {
    if (this.#peeked !== undefined) return this.#peeked.item;
    const { area, words, bytes } = this.#memory;
    const offset = this.#at & (bytes - 1);
    if (words[(offset >> 2) + 1] === ITEM) return decode(area, offset + HEAD) as T;
    const item = deserialize(this.#join(offset + HEAD, words[offset >> 2] as number)) as T;
    this.#peeked = { item };
    return item;
  }

  /** Takes the first item out. */
  drop(): void {
    const { words, bytes, control } = this.#memory;
    this.#peeked = undefined;
    this.#taken = (this.#taken + 1) | 0;
    Atomics.store(control, TAKEN, this.#taken);
    this.#advance(words[(this.#at & (bytes - 1)) >> 2] as number);
  }

  push(): never {
    throw new Error("this is a bug in Heddle: nothing is sent by the receiving end of a channel");
  }

  /** True if a whole item stands at the head. Parts of one are put aside on the way. */
  #complete(): boolean {
    const { area, words, bytes } = this.#memory;
    for (;;) {
      if (this.#at === this.#written) {
        this.#written = Atomics.load(this.#memory.control, WRITTEN);
        if (this.#at === this.#written) return false;
      }
      const offset = this.#at & (bytes - 1);
      const length = words[offset >> 2] as number;
      const kind = words[(offset >> 2) + 1] as number;
      if (kind === ITEM || kind === LAST) return true;
      if (kind !== PART && kind !== SKIP) throw torn(kind);
      if (kind === PART) this.#parts.push(area.bytes.slice(offset + HEAD, offset + HEAD + length));
      this.#advance(length);
    }
  }

  #join(from: number, length: number): Buffer {
    const all = Buffer.concat([...this.#parts, this.#memory.area.bytes.slice(from, from + length)]);
    this.#parts = [];
    return all;
  }

  #advance(length: number): void {
    this.#at = (this.#at + HEAD + padded(length)) | 0;
    Atomics.store(this.#memory.control, READ, this.#at);
    this.#moved();
  }
}

function torn(kind: number): Error {
  return new Error(`a channel holds a record of kind ${kind}: this is a bug in Heddle`);
}
