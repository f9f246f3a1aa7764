import { type QueueNode, WaitQueue } from "../../group/wait-queue.js";

/** Tells when the last one has left, served or cancelled: then nobody keeps the process alive any more. */
export class EmptiedQueue<N extends QueueNode> extends WaitQueue<N> {
  onEmpty: () => void = () => {};

  override remove(node: N): void {
    const before = this.size;
    super.remove(node);
    if (before > 0 && this.size === 0) this.onEmpty();
  }
}
