import type { LazyStack } from "../group/config.js";
import type { WaitRecord } from "../group/wait.js";
import type { Tracked } from "../metrics/tracking.js";

/** One parked wait that somebody in a group waits in. */
export class Pending {
  readonly record: WaitRecord;
  readonly resource: unknown;
  readonly stack: LazyStack | undefined;
  readonly tracked: Tracked | undefined;
  /** The tick in which it began. */
  readonly tick: number;
  told = false;

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
}
