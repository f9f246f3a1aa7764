import type { LazyStack } from "../group/config.js";
import type { WaitRecord } from "../group/wait.js";
import type { Tracked } from "../metrics/tracking.js";
import { framesOf } from "./text.js";

/** One parked wait that somebody in a group waits in. */
export class Pending {
  readonly record: WaitRecord;
  readonly resource: unknown;
  readonly stack: LazyStack | undefined;
  readonly tracked: Tracked | undefined;
  /** The tick in which it began. */
  readonly tick: number;
  told = false;
  #awaited: boolean | undefined;

  constructor(
    record: WaitRecord,
    resource: unknown,
    stack: LazyStack | undefined,
    tracked: Tracked | undefined,
    tick: number,
  ) {
    this.record = record;
    this.resource = resource;
    this.stack = stack;
    this.tracked = tracked;
    this.tick = tick;
  }

  /**
   * Of a join: whether somebody awaits it. `await` and `Promise.all` call `then` from no line of the user's, and who calls it himself
   * (`task.catch(log)`) goes on. Without a stack: no. From Node 26 on the stack of an `await` goes on with the functions that wait;
   * those have not called it.
   */
  get awaited(): boolean {
    this.#awaited ??= this.stack !== undefined && !hasCaller(framesOf(this.stack));
    return this.#awaited;
  }
}

function hasCaller(frames: string | undefined): boolean {
  return frames?.split("\n").some((line) => !line.startsWith("at async ")) === true;
}
