import { refuse } from "../../group/slice.js";
import type { WaitOptions } from "../../group/wait.js";
import { ChannelCore, type ReceiveHolder } from "../core.js";
import type { ItemQueue } from "../ring.js";
import type { ReceiveNode } from "../waiters.js";
import { Bell, ring } from "./bell.js";
import { EmptiedQueue } from "./emptied-queue.js";
import {
  CAPACITY,
  CLOSED,
  OPEN,
  RECEIVER,
  RECEIVER_ASLEEP,
  RECEIVER_BELL,
  SENDER_ASLEEP,
  SENDER_BELL,
  type SharedMemory,
} from "./layout.js";
import { Reader } from "./reader.js";
import { claim, closedState, countOf, errorOf, newNumber, unclaim } from "./state.js";

type Result<T> = IteratorResult<T, undefined>;

/** A channel whose sending side is in another thread. An item leaves the shared memory only when somebody here takes it. */
export class ReceiveCore<T> extends ChannelCore<T> {
  readonly #memory: SharedMemory;
  readonly #bell: Bell;
  readonly #number: number;
  #reader: Reader<T> | undefined = undefined;
  #owes = false;
  #scheduled = false;

  constructor(memory: SharedMemory, name: string, label: string) {
    const receivers = new EmptiedQueue<ReceiveNode<T>>();
    const items = new Arrived<T>(() => this.#reader, memory);
    super(memory.control[CAPACITY] as number, name, { label, receivers, ring: items });
    this.#memory = memory;
    this.#number = newNumber(memory);
    this.#bell = new Bell(memory.control, RECEIVER_ASLEEP, RECEIVER_BELL, () => this.#pump());
    receivers.onEmpty = () => this.#bell.keepAlive(false);
  }

  override receive(options?: WaitOptions, holder?: ReceiveHolder<T>): Promise<Result<T>> {
    try {
      this.#enter();
      return super.receive(options, holder);
    } catch (error) {
      return refuse(error);
    }
  }

  override receiveMany(max: number, options?: WaitOptions): Promise<T[]> {
    try {
      this.#enter();
      return super.receiveMany(max, options);
    } catch (error) {
      return refuse(error);
    }
  }

  override tryReceive(): Result<T> | undefined {
    this.#enter();
    return super.tryReceive();
  }

  override canReceive(): boolean {
    this.#enter();
    return super.canReceive();
  }

  override queueReceiver(node: ReceiveNode<T>): void {
    super.queueReceiver(node);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Not now: the wait is parked only after this, and cannot be served before.
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  /** Another thread, or another end of this one, may receive after this. */
  release(): void {
    if (this.#reader === undefined || this.#reader.partial || this.receivers.size > 0) return;
    this.#reader = undefined;
    unclaim(this.#memory, RECEIVER, this.#number);
  }

  #own(): Reader<T> {
    if (this.#reader === undefined) {
      claim(this.#memory, RECEIVER, this.#number, `the receiver of ${this.label}`);
      this.#reader = new Reader<T>(this.#memory, () => this.#moved());
    }
    return this.#reader;
  }

  #enter(): void {
    const reader = this.#own();
    if (this.receivers.size > 0) this.#serve(reader);
    this.#noticeClose(reader);
  }

  /** Whoever waits here waits only while there is nothing. Also what comes with an end that was seen before is all there is. */
  #noticeClose(reader: Reader<T>): void {
    const state = closedState(this.#memory);
    if (this.closed || state === OPEN) return;
    this.#serve(reader);
    // The rest of an item that was accepted is still on its way, unless an error has ended it all.
    if (reader.size === 0 && reader.partial && state === CLOSED) return;
    this.close(errorOf(this.#memory));
  }

  #pump(): void {
    const reader = this.#reader;
    if (reader === undefined) return;
    for (;;) {
      this.#serve(reader);
      this.#noticeClose(reader);
      const waits = this.receivers.size > 0;
      this.#bell.keepAlive(waits);
      if (!waits) return;
      this.#bell.sleep();
      // What came before we were asleep has rung for nobody.
      if (reader.size === 0 && (closedState(this.#memory) === OPEN || reader.partial)) return;
    }
  }

  #serve(reader: Reader<T>): void {
    while (this.receivers.size > 0 && reader.size > 0) {
      const item = reader.peek();
      if (this.receivers.shift()?.accept(item) !== true) continue;
      reader.drop();
      this.received += 1;
    }
  }

  /**
   * Room was made. A sender that sleeps is woken when half of the channel is free, or else when this burst of receiving ends: so
   * neither side is woken for each item, and whoever has room is told in this turn of the event loop.
   */
  #moved(): void {
    const { control } = this.#memory;
    if (this.#owes || Atomics.load(control, SENDER_ASLEEP) === 0) return;
    if (countOf(this.#memory) * 2 <= this.capacity) {
      ring(control, SENDER_ASLEEP, SENDER_BELL);
      return;
    }
    this.#owes = true;
    process.nextTick(() => {
      this.#owes = false;
      ring(control, SENDER_ASLEEP, SENDER_BELL);
    });
  }
}

/** The items as the reader finds them. Asking how many there are does not take the side for this end. */
class Arrived<T> implements ItemQueue<T> {
  readonly #reader: () => Reader<T> | undefined;
  readonly #memory: SharedMemory;

  constructor(reader: () => Reader<T> | undefined, memory: SharedMemory) {
    this.#reader = reader;
    this.#memory = memory;
  }

  get size(): number {
    return this.#reader()?.size ?? countOf(this.#memory);
  }

  shift(): T {
    return this.#reader()?.shift() as T;
  }

  push(): never {
    throw new Error("this is a bug in Heddle: nothing is sent by the receiving end of a channel");
  }
}
