import { BadOptionError, ChannelClosedError } from "../error/errors.js";
import { COUNT } from "../error/options.js";
import { ambient, type Scope } from "../group/scope.js";
import { ready, readyVoid, refuse } from "../group/slice.js";
import { park, refusal, type WaitOptions, waitObserver } from "../group/wait.js";
import { WaitQueue } from "../group/wait-queue.js";
import { event, publish } from "../metrics/events.js";
import { type Registration, register } from "../metrics/sources.js";
import { Parties } from "./parties.js";
import { type ItemQueue, Ring } from "./ring.js";
import type { ChannelStats } from "./types.js";
import { ManyWaiter, type ReceiveNode, ReceiveWaiter, type SendNode, SendWaiter } from "./waiters.js";

const waitEvent = event("heddle:channel:wait");
const closeEvent = event("heddle:channel:close");

type Result<T> = IteratorResult<T, undefined>;

/** Who asks to know the wait that a `receive` became: an iterator, whose `return()` ends it. */
export interface ReceiveHolder<T> {
  waits(waiter: ReceiveWaiter<T>): void;
}

/** What a core that is part of something bigger does differently. */
export interface CorePart<T> {
  readonly label: string;
  readonly ring?: ItemQueue<T>;
  readonly senders?: WaitQueue<SendNode<T>>;
  readonly receivers?: WaitQueue<ReceiveNode<T>>;
}

let lastId = 0;

/**
 * A channel as its ends, `select` and reports see it.
 *
 * Between operations: whoever waits to receive finds the buffer empty and nobody waiting to send; whoever waits to send finds the
 * buffer full. Items leave in the order in which they were accepted. What completes at once makes no waiter: one promise, and for
 * `receive` the result object.
 */
export class ChannelCore<T> {
  readonly capacity: number;
  readonly name: string;
  readonly ring: ItemQueue<T>;
  readonly senders: WaitQueue<SendNode<T>>;
  readonly receivers: WaitQueue<ReceiveNode<T>>;
  closed = false;
  /** Given to `close`; `undefined` is none. */
  error: unknown = undefined;
  sent = 0;
  received = 0;
  #registration: Registration | undefined = undefined;
  #sendParties: Parties | undefined = undefined;
  #receiveParties: Parties | undefined = undefined;
  /** How messages call it. */
  readonly label: string;

  /** In the metrics if it has a name and is no part of something else. */
  constructor(capacity: number, name: string | undefined, part?: CorePart<T>) {
    lastId += 1;
    this.capacity = capacity;
    this.ring = part?.ring ?? new Ring<T>();
    this.senders = part?.senders ?? new WaitQueue(this);
    this.receivers = part?.receivers ?? new WaitQueue(this);
    this.name = name ?? `channel ${lastId}`;
    this.label = part?.label ?? (name === undefined ? this.name : `channel ${JSON.stringify(name)}`);
    if (name !== undefined && part === undefined) this.#registration = register("channel", name, this);
  }

  send(item: T, options?: WaitOptions): Promise<void> {
    const scope = ambient();
    const refused = refusal(scope, options);
    if (refused !== undefined) return refused;
    if (this.closed) return refuse(this.closedError());
    if (this.put(item, scope)) return readyVoid();
    const waiter = new SendWaiter(this, item);
    this.queueSender(waiter);
    if (waitEvent.hasSubscribers) waitEvent.publish({ channel: this.name, side: "send" });
    return park(waiter, scope, options, this);
  }

  trySend(item: T): boolean {
    if (this.closed) throw this.closedError();
    return this.put(item, undefined);
  }

  receive(options?: WaitOptions, holder?: ReceiveHolder<T>): Promise<Result<T>> {
    const scope = ambient();
    const refused = refusal(scope, options);
    if (refused !== undefined) return refused;
    if (waitObserver() !== undefined) this.noteReceiver(scope);
    if (this.ring.size > 0) return ready<Result<T>>({ value: this.takeBuffered(), done: false });
    const sender = this.nextSender();
    if (sender !== undefined) return ready<Result<T>>({ value: sender.item, done: false });
    if (this.closed) return this.error === undefined ? ready(ended()) : refuse(this.error);
    const waiter = new ReceiveWaiter<T>(this);
    this.queueReceiver(waiter);
    holder?.waits(waiter);
    if (waitEvent.hasSubscribers) waitEvent.publish({ channel: this.name, side: "receive" });
    return park(waiter, scope, options, this);
  }

  tryReceive(): Result<T> | undefined {
    if (waitObserver() !== undefined) this.noteReceiver(ambient());
    if (this.ring.size > 0) return { value: this.takeBuffered(), done: false };
    const sender = this.nextSender();
    if (sender !== undefined) return { value: sender.item, done: false };
    if (!this.closed) return undefined;
    if (this.error !== undefined) throw this.error;
    return ended();
  }

  receiveMany(max: number, options?: WaitOptions): Promise<T[]> {
    const scope = ambient();
    const refused = refusal(scope, options);
    if (refused !== undefined) return refused;
    const wrong = COUNT(max);
    if (wrong) return refuse(new BadOptionError("max", max, wrong));
    if (waitObserver() !== undefined) this.noteReceiver(scope);
    const items: T[] = [];
    while (items.length < max && this.ring.size > 0) items.push(this.takeBuffered());
    while (items.length < max) {
      const sender = this.nextSender();
      if (sender === undefined) break;
      items.push(sender.item);
    }
    if (items.length > 0) return ready(items);
    if (this.closed) return this.error === undefined ? ready(items) : refuse(this.error);
    const waiter = new ManyWaiter<T>(this);
    this.queueReceiver(waiter);
    if (waitEvent.hasSubscribers) waitEvent.publish({ channel: this.name, side: "receive" });
    return park(waiter, scope, options, this);
  }

  close(error?: unknown): void {
    if (this.closed) return;
    this.closed = true;
    this.error = error;
    publish(closeEvent, { channel: this.name, error });
    for (let node = this.senders.shift(); node !== undefined; node = this.senders.shift()) {
      node.fail(this.closedError());
    }
    for (let node = this.receivers.shift(); node !== undefined; node = this.receivers.shift()) {
      if (error === undefined) node.finish();
      else node.fail(error);
    }
    if (this.ring.size === 0) this.#registration?.unregister();
  }

  closedError(): ChannelClosedError {
    return new ChannelClosedError(this.label, this.error === undefined ? undefined : { cause: this.error });
  }

  /** Accepts the item if that needs no waiting. Only while open. */
  put(item: T, scope: Scope | undefined): boolean {
    if (waitObserver() !== undefined) this.noteSender(scope ?? ambient());
    for (let node = this.receivers.shift(); node !== undefined; node = this.receivers.shift()) {
      if (!node.accept(item)) continue;
      this.sent += 1;
      this.received += 1;
      return true;
    }
    if (this.ring.size >= this.capacity) return false;
    this.ring.push(item);
    this.sent += 1;
    return true;
  }

  /** Only when the buffer holds something. Who waits to send moves up. */
  takeBuffered(): T {
    const item = this.ring.shift();
    this.received += 1;
    if (this.senders.size > 0) this.#admit();
    else if (this.closed && this.ring.size === 0) this.#registration?.unregister();
    return item;
  }

  /** The first that waits to send, its item taken. Only when the buffer is empty: a rendezvous. */
  nextSender(): SendNode<T> | undefined {
    for (let node = this.senders.shift(); node !== undefined; node = this.senders.shift()) {
      if (!node.release()) continue;
      this.sent += 1;
      this.received += 1;
      return node;
    }
    return undefined;
  }

  /** An item can go in now, or sending fails. */
  canSend(): boolean {
    return this.closed || this.receivers.size > 0 || this.ring.size < this.capacity;
  }

  /** An item can come out now, or nothing ever will. */
  canReceive(): boolean {
    return this.ring.size > 0 || this.senders.size > 0 || this.closed;
  }

  queueSender(node: SendNode<T>): void {
    this.senders.push(node);
  }

  queueReceiver(node: ReceiveNode<T>): void {
    this.receivers.push(node);
  }

  /** Who has sent, and who has received, while an observer of waits was set. For the wait-for graph. */
  get parties(): { readonly send: Parties | undefined; readonly receive: Parties | undefined } {
    return { send: this.#sendParties, receive: this.#receiveParties };
  }

  noteSender(scope: Scope | undefined): void {
    this.#sendParties ??= new Parties();
    this.#sendParties.note(scope);
  }

  noteReceiver(scope: Scope | undefined): void {
    this.#receiveParties ??= new Parties();
    this.#receiveParties.note(scope);
  }

  stats(): ChannelStats {
    return Object.freeze({
      name: this.name,
      capacity: this.capacity,
      size: this.ring.size,
      senders: this.senders.size,
      receivers: this.receivers.size,
      sent: this.sent,
      received: this.received,
      closed: this.closed,
    });
  }

  #admit(): void {
    while (this.ring.size < this.capacity) {
      const node = this.senders.shift();
      if (node === undefined) return;
      if (!node.release()) continue;
      this.ring.push(node.item);
      this.sent += 1;
    }
  }
}

function ended<T>(): Result<T> {
  return { value: undefined, done: true };
}
