import { BadOptionError } from "../error/errors.js";
import { arm, clear, now } from "../group/clock.js";
import { listen, type SignalFan, type SignalLink, unlisten } from "../group/signals.js";
import { type Joiner, TaskScope } from "../group/task.js";
import { Timer } from "../group/timer-heap.js";
import type { Task } from "../group/types.js";
import type { QueueNode, WaitQueue } from "../group/wait-queue.js";
import { type CaseNode, type Outcome, SelectCase } from "./case.js";
import type { Happened } from "./cases.js";
import type { SelectWaiter } from "./select-waiter.js";

export class AfterCase extends SelectCase<Happened<undefined>> {
  readonly resource = "timer";
  readonly #ms: number;

  constructor(ms: number) {
    super();
    this.#ms = ms;
  }

  /** Not even after 0 ms: time passes between turns of the event loop, and what is there comes first. */
  ready(): boolean {
    return false;
  }

  take(): undefined {}

  enlist(select: SelectWaiter, key: string): CaseNode {
    const node = new AfterNode(now() + this.#ms, select, key);
    if (this.#ms !== Number.POSITIVE_INFINITY) arm(node);
    return node;
  }
}

class AfterNode extends Timer implements CaseNode {
  readonly #select: SelectWaiter;
  readonly #key: string;

  constructor(at: number, select: SelectWaiter, key: string) {
    super(at);
    this.#select = select;
    this.#key = key;
  }

  fire(): void {
    this.#select.grant({ key: this.#key, value: undefined });
  }

  leave(): void {
    clear(this);
  }
}

export class AbortedCase extends SelectCase<Happened<unknown>> {
  readonly resource: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    super();
    this.resource = signal;
  }

  override get enabled(): boolean {
    return this.resource !== undefined;
  }

  ready(): boolean {
    return this.resource?.aborted === true;
  }

  take(key: string): Outcome {
    return { key, value: this.resource?.reason };
  }

  enlist(select: SelectWaiter, key: string): CaseNode {
    const node = new AbortedNode(select, key);
    if (this.resource !== undefined) listen(this.resource, node);
    return node;
  }
}

class AbortedNode implements SignalLink, CaseNode {
  fan: SignalFan | undefined = undefined;
  nextLink: SignalLink | undefined = undefined;
  prevLink: SignalLink | undefined = undefined;
  readonly #select: SelectWaiter;
  readonly #key: string;

  constructor(select: SelectWaiter, key: string) {
    this.#select = select;
    this.#key = key;
  }

  signalled(reason: unknown): void {
    this.#select.grant({ key: this.#key, value: reason });
  }

  leave(): void {
    unlisten(this);
  }
}

export class JoinedCase<T> extends SelectCase<Happened<PromiseSettledResult<T>>> {
  readonly resource: TaskScope<unknown> | undefined;

  constructor(task: Task<T> | undefined) {
    super();
    if (task !== undefined && !(task instanceof TaskScope)) {
      throw new BadOptionError("what joined() takes", task, "a task that a group spawned, or undefined");
    }
    this.resource = task;
  }

  override get enabled(): boolean {
    return this.resource !== undefined;
  }

  ready(): boolean {
    return this.resource?.outcome !== undefined;
  }

  take(key: string): Outcome {
    if (this.resource !== undefined) this.resource.observed = true;
    return { key, value: this.resource?.outcome };
  }

  enlist(select: SelectWaiter, key: string): CaseNode {
    const node = new JoinedNode(select, key);
    if (this.resource !== undefined) this.resource.observed = true;
    this.resource?.joiners.push(node);
    return node;
  }
}

class JoinedNode implements Joiner, CaseNode {
  queue: WaitQueue<QueueNode> | undefined = undefined;
  queueNext: QueueNode | undefined = undefined;
  queuePrev: QueueNode | undefined = undefined;
  readonly #select: SelectWaiter;
  readonly #key: string;

  constructor(select: SelectWaiter, key: string) {
    this.#select = select;
    this.#key = key;
  }

  grant(outcome: PromiseSettledResult<unknown>): boolean {
    return this.#select.grant({ key: this.#key, value: outcome });
  }

  leave(): void {
    this.queue?.remove(this);
  }
}
