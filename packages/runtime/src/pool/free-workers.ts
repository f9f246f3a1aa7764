import { PARKED, SEARCHING, type Shared } from "../wire/layout.js";
import { count, ring, takeAny } from "../wire/wake.js";
import type { Cells } from "./cells.js";
import type { Collector } from "./collect.js";
import type { Lane } from "./lane.js";
import type { SubmissionRing } from "./submission-ring.js";

const MOMENT_MS = 0.1;

/** Finds a free worker for a call that can go to one worker alone. */
export class FreeWorkers {
  readonly #shared: Shared;
  readonly #cells: Cells;
  readonly #ring: SubmissionRing;
  readonly #collector: Collector;

  constructor(shared: Shared, cells: Cells, submissions: SubmissionRing, collector: Collector) {
    this.#shared = shared;
    this.#cells = cells;
    this.#ring = submissions;
    this.#collector = collector;
  }

  /**
   * How many workers are free beyond those that the published calls need. Without this a call given to one worker would overtake
   * what the worker was woken for.
   */
  spare(): number {
    const free = count(this.#shared, SEARCHING) + count(this.#shared, PARKED);
    return free - this.#ring.countFirst(free, (entry) => this.#cells.byEntry(entry)?.state === "published");
  }

  /** Takes a free worker for one call. Its bits are down until it has been rung. */
  reserve(): Lane | undefined {
    while (this.spare() > 0) {
      // One that looks already is faster, unless it was woken for another call.
      const searches = this.#ring.empty;
      let worker = takeAny(this.#shared, searches ? SEARCHING : PARKED);
      if (worker < 0) worker = takeAny(this.#shared, searches ? PARKED : SEARCHING);
      if (worker < 0) return undefined;
      const lane = this.#collector.lane(worker);
      if (lane?.accepts === true) return lane;
      // On its way out. It may wait for the ring of whoever took its bit.
      ring(this.#shared, worker);
    }
    return undefined;
  }

  /**
   * A worker that has ended its task needs some microseconds until it says that it is free. The caller may block right after this
   * call, and then nobody could hand it over later: worth a bounded wait. `handedOver` calls are in the hands of workers.
   */
  reserveInAMoment(handedOver: number): Lane | undefined {
    const lane = this.reserve();
    if (lane !== undefined || handedOver >= this.#collector.accepting) return lane;
    const until = performance.now() + MOMENT_MS;
    for (;;) {
      const late = this.reserve();
      if (late !== undefined || performance.now() > until) return late;
    }
  }
}
