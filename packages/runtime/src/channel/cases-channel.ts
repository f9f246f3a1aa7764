import type { Scope } from "../group/scope.js";
import type { QueueNode, WaitQueue } from "../group/wait-queue.js";
import { type CaseNode, type Outcome, SelectCase } from "./case.js";
import type { Happened, Received } from "./cases.js";
import type { ChannelCore } from "./core.js";
import type { SelectWaiter } from "./select-waiter.js";
import type { ReceiveNode, SendNode } from "./waiters.js";

export class ReceiveCase<T> extends SelectCase<Received<T>> {
  readonly #core: ChannelCore<T> | undefined;

  constructor(core: ChannelCore<T> | undefined) {
    super();
    this.#core = core;
  }

  override get enabled(): boolean {
    return this.#core !== undefined;
  }

  get resource(): unknown {
    return this.#core;
  }

  ready(): boolean {
    return this.#core?.canReceive() === true;
  }

  take(key: string): Outcome | undefined {
    const result = this.#core?.tryReceive();
    return result === undefined ? undefined : { key, value: result.value, done: result.done === true };
  }

  enlist(select: SelectWaiter, key: string): CaseNode {
    const node = new ReceiveCaseNode<T>(select, key);
    this.#core?.queueReceiver(node);
    return node;
  }

  override note(scope: Scope | undefined): void {
    this.#core?.noteReceiver(scope);
  }
}

export class SendCase<T> extends SelectCase<Happened<undefined>> {
  readonly #core: ChannelCore<T> | undefined;
  readonly #item: T;

  constructor(core: ChannelCore<T> | undefined, item: T) {
    super();
    this.#core = core;
    this.#item = item;
  }

  override get enabled(): boolean {
    return this.#core !== undefined;
  }

  get resource(): unknown {
    return this.#core;
  }

  ready(): boolean {
    return this.#core?.canSend() === true;
  }

  take(key: string): Outcome | undefined {
    return this.#core?.trySend(this.#item) === true ? { key, value: undefined } : undefined;
  }

  enlist(select: SelectWaiter, key: string): CaseNode {
    const node = new SendCaseNode<T>(select, key, this.#item);
    this.#core?.queueSender(node);
    return node;
  }

  override note(scope: Scope | undefined): void {
    this.#core?.noteSender(scope);
  }
}

/** A select's place in one queue of one channel. */
abstract class ChannelCaseNode implements QueueNode, CaseNode {
  queue: WaitQueue<QueueNode> | undefined = undefined;
  queueNext: QueueNode | undefined = undefined;
  queuePrev: QueueNode | undefined = undefined;
  protected readonly select: SelectWaiter;
  protected readonly key: string;

  constructor(select: SelectWaiter, key: string) {
    this.select = select;
    this.key = key;
  }

  leave(): void {
    this.queue?.remove(this);
  }

  fail(error: unknown): boolean {
    return this.select.fail(error);
  }
}

class ReceiveCaseNode<T> extends ChannelCaseNode implements ReceiveNode<T> {
  accept(item: T): boolean {
    return this.select.grant({ key: this.key, value: item, done: false });
  }

  finish(): boolean {
    return this.select.grant({ key: this.key, value: undefined, done: true });
  }
}

class SendCaseNode<T> extends ChannelCaseNode implements SendNode<T> {
  readonly item: T;

  constructor(select: SelectWaiter, key: string, item: T) {
    super(select, key);
    this.item = item;
  }

  release(): boolean {
    return this.select.grant({ key: this.key, value: undefined });
  }
}
