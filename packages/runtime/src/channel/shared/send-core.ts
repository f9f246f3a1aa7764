import type { Scope } from "../../group/scope.js";
import { refuse } from "../../group/slice.js";
import type { WaitOptions } from "../../group/wait.js";
import { ChannelCore } from "../core.js";
import type { ItemQueue } from "../ring.js";
import type { SendNode } from "../waiters.js";
import { Bell } from "./bell.js";
import { EmptiedQueue } from "./emptied-queue.js";
import {
  CAPACITY,
  CLOSED_WITH_ERROR,
  OPEN,
  SENDER,
  SENDER_ASLEEP,
  SENDER_BELL,
  type SharedMemory,
} from "./layout.js";
import { claim, closedState, closeShared, countOf, errorOf, newNumber, unclaim } from "./state.js";
import { Writer } from "./writer.js";

const yes = () => true;

/** A channel whose receiving side is in another thread. Who waits here to send is served when that side has made room. */
export class SendCore<T> extends ChannelCore<T> {
  readonly #memory: SharedMemory;
  readonly #bell: Bell;
  readonly #number: number;
  #writer: Writer | undefined = undefined;
  #closing: { readonly error: unknown } | undefined = undefined;
  #scheduled = false;

  constructor(memory: SharedMemory, name: string, label: string) {
    const senders = new EmptiedQueue<SendNode<T>>();
    super(memory.control[CAPACITY] as number, name, {
      label,
      senders,
      ring: new Sent<T>(() => countOf(memory)),
    });
    this.#memory = memory;
    this.#number = newNumber(memory);
    this.#bell = new Bell(memory.control, SENDER_ASLEEP, SENDER_BELL, () => this.#pump());
    senders.onEmpty = () => this.#bell.keepAlive(this.#writer?.busy === true);
  }

  override send(item: T, options?: WaitOptions): Promise<void> {
    try {
      this.#enter();
      return super.send(item, options);
    } catch (error) {
      return refuse(error);
    }
  }

  override trySend(item: T): boolean {
    this.#enter();
    return super.trySend(item);
  }

  override put(item: T, scope: Scope | undefined): boolean {
    void scope;
    const writer = this.#own();
    if (this.senders.size > 0) this.#pump();
    if (this.senders.size > 0 || !writer.hasRoom()) return false;
    writer.write(item, yes);
    this.sent += 1;
    if (writer.busy) this.#pump();
    return true;
  }

  override canSend(): boolean {
    this.#enter();
    return this.closed || (this.senders.size === 0 && this.#own().hasRoom());
  }

  override queueSender(node: SendNode<T>): void {
    super.queueSender(node);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Not now: the wait is parked only after this, and cannot be served before.
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  override close(error?: unknown): void {
    super.close(error);
    if (this.#writer?.busy === true) this.#closing ??= { error };
    else closeShared(this.#memory, error);
  }

  /** Another thread, or another end of this one, may send after this. Not while an accepted item is on its way. */
  release(): void {
    if (this.#writer === undefined || this.#writer.busy || this.senders.size > 0) return;
    this.#writer = undefined;
    unclaim(this.#memory, SENDER, this.#number);
  }

  #own(): Writer {
    if (this.#writer === undefined) {
      claim(this.#memory, SENDER, this.#number, `the sender of ${this.label}`);
      this.#writer = new Writer(this.#memory, this.label);
    }
    return this.#writer;
  }

  #enter(): void {
    this.#own();
    if (!this.closed && closedState(this.#memory) !== OPEN) super.close(errorOf(this.#memory));
  }

  #pump(): void {
    const writer = this.#writer;
    if (writer === undefined) return;
    for (;;) {
      const state = closedState(this.#memory);
      if (!this.closed && state !== OPEN) super.close(errorOf(this.#memory));
      // Nobody reads on after an error: the rest of an item would keep this process alive for nothing.
      if (state === CLOSED_WITH_ERROR) writer.abandon();
      if (writer.flush()) this.#serve(writer);
      const waits = this.senders.size > 0 || writer.busy;
      this.#bell.keepAlive(waits);
      if (!waits) break;
      this.#bell.sleep();
      // What came before we were asleep has rung for nobody.
      const moved = writer.busy ? writer.flush() : writer.hasRoom();
      if (!moved && (this.closed || closedState(this.#memory) === OPEN)) return;
    }
    if (this.#closing !== undefined) closeShared(this.#memory, this.#closing.error);
  }

  #serve(writer: Writer): void {
    while (this.senders.size > 0 && writer.hasRoom()) {
      const node = this.senders.shift();
      if (node === undefined) return;
      try {
        if (writer.write(node.item, () => node.release())) this.sent += 1;
      } catch (error) {
        node.fail(error);
      }
    }
  }
}

/** What the sending side knows of the items: how many there are. */
class Sent<T> implements ItemQueue<T> {
  readonly #count: () => number;

  constructor(count: () => number) {
    this.#count = count;
  }

  get size(): number {
    return this.#count();
  }

  push(): never {
    throw new Error("this is a bug in Heddle: items of a channel between threads lie in its memory");
  }

  shift(): never {
    return this.push();
  }
}
