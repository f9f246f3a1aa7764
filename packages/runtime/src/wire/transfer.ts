import type { Transferable as NodeTransferable } from "node:worker_threads";

/** A value that is moved, not copied, to the caller. */
export class Moved<T> {
  readonly value: T;
  readonly list: readonly NodeTransferable[];

  constructor(value: T, list: readonly NodeTransferable[]) {
    this.value = value;
    this.list = list;
  }
}

/**
 * Returned from a task, sends `value` to the caller without copying the buffers (or ports) in `list`; they are unusable in the
 * worker afterwards.
 */
export function transfer<T>(value: T, list: readonly NodeTransferable[]): T {
  return new Moved(value, list) as unknown as T;
}
