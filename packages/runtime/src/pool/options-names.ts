import type { ResourceLimits } from "node:worker_threads";
import { didYouMean } from "../error/nearest.js";
import { ANY, checkInside, checkOptions, type Rules, setHint } from "../error/options.js";
import type { MapOptions } from "./map.js";
import type { PoolOptions, RunOptions } from "./options.js";

setHint(didYouMean);

type Inside<Name extends keyof PoolOptions> = Exclude<NonNullable<PoolOptions[Name]>, number>;

/** Of the pool only the names are looked at here: the values are where the settings are made of them. */
const POOL: Rules<PoolOptions> = {
  threads: ANY,
  queue: ANY,
  nice: ANY,
  resourceLimits: ANY,
  idleTimeout: ANY,
  recycle: ANY,
  grace: ANY,
  name: ANY,
  place: ANY,
  carry: ANY,
};
const THREADS: Rules<Inside<"threads">> = { min: ANY, max: ANY };
const QUEUE: Rules<Inside<"queue">> = { capacity: ANY, onFull: ANY };
const RECYCLE: Rules<Inside<"recycle">> = { afterTasks: ANY, heapAbove: ANY };
const LIMITS: Rules<ResourceLimits> = {
  maxYoungGenerationSizeMb: ANY,
  maxOldGenerationSizeMb: ANY,
  codeRangeSizeMb: ANY,
  stackSizeMb: ANY,
};

const RUN: Rules<RunOptions> = {
  signal: ANY,
  timeout: ANY,
  deadline: ANY,
  priority: ANY,
  transfer: ANY,
  onProgress: ANY,
};
const RUN_NAMES = new Set(Object.keys(RUN));
/** An executor hands its call on as the options: it has the name and the arguments once more. */
export const CALL = { ...RUN, name: ANY, args: ANY };

const MAP: Rules<MapOptions> = {
  signal: ANY,
  timeout: ANY,
  deadline: ANY,
  priority: ANY,
  chunk: ANY,
  ordered: ANY,
};

/** @throws BadOptionError for a name that `pool` does not know, in its options or in one of the objects in them. */
export function checkPoolNames(options: PoolOptions): void {
  checkOptions(options, POOL);
  const { threads, queue, recycle, resourceLimits } = options;
  if (typeof threads === "object") checkInside("threads", threads, THREADS);
  checkInside("queue", queue, QUEUE);
  checkInside("recycle", recycle, RECYCLE);
  checkInside("resourceLimits", resourceLimits, LIMITS);
}

/**
 * For `run` and `stream`. Every call comes by here: as long as all names are known, this costs about 10 ns for each.
 * @throws BadOptionError
 */
export function checkRunNames(name: string, options: RunOptions): void {
  if (typeof options === "object") {
    let known = options !== null;
    for (const key in options) known &&= RUN_NAMES.has(key);
    if (known) return;
  }
  checkOptions(options, (options as { readonly name?: unknown } | null)?.name === name ? CALL : RUN);
}

/** @throws BadOptionError */
export function checkMapNames(options: MapOptions): void {
  checkOptions(options, MAP);
}
