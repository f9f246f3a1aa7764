import { AsyncLocalStorage } from "node:async_hooks";
import { availableParallelism } from "node:os";
import type { Transferable as NodeTransferable, ResourceLimits } from "node:worker_threads";
import { BadOptionError } from "../error/errors.js";
import { checkPoolNames } from "./options-names.js";

export interface PoolOptions {
  /** A fixed number, or bounds between which measured use decides. Default: one per core. */
  readonly threads?: number | { readonly min: number; readonly max: number };
  /** How many calls may wait for a worker, and what happens to the next one. Default: no bound. */
  readonly queue?: { readonly capacity?: number; readonly onFull?: "wait" | "reject" };
  /** Added to the priority value of the worker threads (0 to 19, Linux only), so that the event loop gets a core first. 0 switches it off. */
  readonly nice?: number;
  /** Bounds of a worker's heap and stack, as for `new Worker`. */
  readonly resourceLimits?: ResourceLimits;
  /** With bounds for `threads`: a worker beyond `min` that had nothing to do for this long (ms) is released. Default 10,000. */
  readonly idleTimeout?: number;
  /** Replace a worker, between tasks, after so many tasks or when its heap holds more than so many bytes. */
  readonly recycle?: { readonly afterTasks?: number; readonly heapAbove?: number };
  /** How long (ms) a cancelled task may take to end by itself before its worker is replaced. Default 1,000. */
  readonly grace?: number;
  /** For errors, statistics and events. Default: "pool". */
  readonly name?: string;
  /** "auto" runs on the event loop what measurement says is cheaper there. Default: "thread". */
  readonly place?: "thread" | "auto";
  /** AsyncLocalStorages whose values a task finds in `task().carried`, under these names. The values are copied. */
  readonly carry?: Readonly<Record<string, AsyncLocalStorage<unknown>>>;
}

export interface RunOptions {
  /** Cancels the call. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from the call, waiting included. */
  readonly timeout?: number | undefined;
  /** Epoch milliseconds; with `timeout`, the earlier of the two counts. */
  readonly deadline?: number | undefined;
  /** Higher goes first; 0 if not given. A call that waits for a second overtakes one priority. */
  readonly priority?: number | undefined;
  /** Buffers and ports that are moved to the task instead of copied; unusable here afterwards. */
  readonly transfer?: readonly NodeTransferable[] | undefined;
  /** Receives what the task gives to `task().progress`. */
  readonly onProgress?: ((value: unknown) => void) | undefined;
}

/** Options with their defaults, checked. */
export interface PoolSettings {
  readonly min: number;
  readonly max: number;
  readonly capacity: number;
  readonly rejectWhenFull: boolean;
  readonly nice: number;
  readonly resourceLimits: ResourceLimits | undefined;
  readonly idleTimeout: number;
  readonly afterTasks: number;
  readonly heapAbove: number;
  readonly grace: number;
  readonly name: string;
  readonly place: "thread" | "auto";
  readonly carry: readonly (readonly [string, AsyncLocalStorage<unknown>])[];
}

/** More threads than this gain nothing in one process, and each costs megabytes. */
const MOST_THREADS = 60;
/** See docs/pool.md: what keeps the tail of the event loop best without starving the pool. */
const DEFAULT_NICE = 5;

/** @throws BadOptionError naming the option, what it got and what it takes. */
export function settings(options: PoolOptions): PoolSettings {
  checkPoolNames(options);
  // Only what the caller wrote itself counts: an inherited property is not an option.
  const given: PoolOptions = { ...options };
  const queue = { ...given.queue };
  const recycle = { ...given.recycle };
  const { min, max } = threadBounds(given.threads);
  const place = given.place ?? "thread";
  const onFull = queue.onFull ?? "wait";
  if (place !== "thread" && place !== "auto") throw new BadOptionError("place", place, '"thread" or "auto"');
  if (onFull !== "wait" && onFull !== "reject") {
    throw new BadOptionError("queue.onFull", onFull, '"wait" or "reject"');
  }
  return {
    min,
    max,
    capacity: number("queue.capacity", queue.capacity ?? Number.POSITIVE_INFINITY, 0),
    rejectWhenFull: onFull === "reject",
    nice: integer("nice", given.nice ?? DEFAULT_NICE, 0, 19),
    resourceLimits: given.resourceLimits,
    idleTimeout: number("idleTimeout", given.idleTimeout ?? 10_000, 0),
    afterTasks: number("recycle.afterTasks", recycle.afterTasks ?? Number.POSITIVE_INFINITY, 1),
    heapAbove: number("recycle.heapAbove", recycle.heapAbove ?? Number.POSITIVE_INFINITY, 1),
    grace: number("grace", given.grace ?? 1_000, 0),
    name: text("name", given.name ?? "pool"),
    place,
    carry: carried(given.carry ?? {}),
  };
}

function carried(carry: NonNullable<PoolOptions["carry"]>): PoolSettings["carry"] {
  const entries = Object.entries(carry);
  for (const [name, storage] of entries) {
    if (!(storage instanceof AsyncLocalStorage)) {
      throw new BadOptionError(`carry.${name}`, storage, "an AsyncLocalStorage");
    }
  }
  return entries;
}

function threadBounds(threads: PoolOptions["threads"]): { min: number; max: number } {
  if (threads === undefined) {
    const cores = Math.min(MOST_THREADS, availableParallelism());
    return { min: cores, max: cores };
  }
  if (typeof threads === "number") {
    const count = integer("threads", threads, 1, MOST_THREADS);
    return { min: count, max: count };
  }
  if (typeof threads !== "object" || threads === null) {
    throw new BadOptionError("threads", threads, "a number, or { min, max }");
  }
  const max = integer("threads.max", threads.max, 1, MOST_THREADS);
  return { min: integer("threads.min", threads.min, 0, max), max };
}

export function integer(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new BadOptionError(name, value, `a whole number from ${least} to ${most}`);
}

export function number(name: string, value: unknown, least: number): number {
  if (typeof value === "number" && value >= least) return value;
  throw new BadOptionError(name, value, `a number from ${least} up`);
}

function text(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new BadOptionError(name, value, "a text that is not empty");
}
