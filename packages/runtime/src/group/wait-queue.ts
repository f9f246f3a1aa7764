/** What stands in a queue: a waiter itself, or one case of a select. A node stands in at most one queue. */
export interface QueueNode {
  queue: WaitQueue<QueueNode> | undefined;
  queueNext: QueueNode | undefined;
  queuePrev: QueueNode | undefined;
}

/** First in, first out, with O(1) removal from the middle: who is cancelled leaves at once and keeps nobody waiting. */
export class WaitQueue<N extends QueueNode> {
  /** The lock or channel it belongs to; reports name it. */
  readonly resource: unknown;
  #first: N | undefined;
  #last: N | undefined;
  #size = 0;

  constructor(resource?: unknown) {
    this.resource = resource;
  }

  get size(): number {
    return this.#size;
  }

  get first(): N | undefined {
    return this.#first;
  }

  push(node: N): void {
    node.queue = this as unknown as WaitQueue<QueueNode>;
    node.queuePrev = this.#last;
    if (this.#last === undefined) this.#first = node;
    else this.#last.queueNext = node;
    this.#last = node;
    this.#size += 1;
  }

  /** Takes the first one out. */
  shift(): N | undefined {
    const node = this.#first;
    if (node !== undefined) this.remove(node);
    return node;
  }

  /** Removing what does not stand here does nothing. */
  remove(node: N): void {
    if (node.queue !== (this as unknown)) return;
    const next = node.queueNext as N | undefined;
    const prev = node.queuePrev as N | undefined;
    if (prev === undefined) this.#first = next;
    else prev.queueNext = next;
    if (next === undefined) this.#last = prev;
    else next.queuePrev = prev;
    node.queue = node.queueNext = node.queuePrev = undefined;
    this.#size -= 1;
  }

  /** From the first to the last; the node just given may leave while walking. */
  *[Symbol.iterator](): Generator<N> {
    let node = this.#first;
    while (node !== undefined) {
      const next = node.queueNext as N | undefined;
      yield node;
      node = next;
    }
  }
}
