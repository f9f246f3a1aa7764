import type { Transferable as NodeTransferable } from "node:worker_threads";
import type { Owned } from "../group/scope.js";

/** Where a call is on its way. A call leaves "settled" never: that is what settles it exactly once. */
export type CallState = "new" | "waiting" | "queued" | "published" | "settled";

/** One call of a task, from `run` to its end. The host's side of a cell. */
export class Call {
  readonly name: string;
  readonly task: number;
  state: CallState = "new";
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  /** Read when the call is made, so that what the caller changes later does not reach the task. */
  args: readonly unknown[];
  /** Flags of the wire beside the lane: FOR_EACH, STREAM, CARRIES, TIMED, WATCHED. */
  flags = 0;
  /** True once it is known that the arguments can only go by message. */
  byMessage = false;
  /** Where its arguments lie in the arena, or -1. */
  block = -1;
  /** How many bytes were asked for in vain; 0 for none. */
  bytes = 0;
  transferList: readonly NodeTransferable[] | undefined;
  /** Its cell, or -1; and the entry under which the cell was last published. */
  cell = -1;
  entry = -1;
  /** The worker it was given to alone, or -1. Once its task has ended: the worker that ran it. */
  worker = -1;
  /** Order in the queue: the lower, the earlier. See `orderKey`. `sequence` is also the call's number in events. */
  key = 0;
  sequence = 0;
  /** Epoch milliseconds, or undefined. */
  deadline: number | undefined;
  /** `performance.now()` when the call was made, or 0 when this call is not one of the measured sample. */
  madeAt = 0;
  onProgress: ((value: unknown) => void) | undefined;
  /** Called once when the call settles: takes listeners and timers down. */
  cleanup: (() => void) | undefined;
  /** Its place in the group that made it, if one did. */
  scope: Owned | undefined;
  /** Stack of the caller, taken only where it is needed for an error. */
  site: Error | undefined;

  constructor(name: string, task: number, args: readonly unknown[]) {
    this.name = name;
    this.task = task;
    this.args = args;
    this.resolve = ignore;
    this.reject = ignore;
  }
}

function ignore(): void {}
