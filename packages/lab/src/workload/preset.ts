import type { ServeWorkload, Workload } from "./schema.js";

/** The numbers behind a plain `heddle compare` and behind `--quick`; every one can be overridden by an option. */
export interface Preset {
  /** Fresh processes per model and workload. */
  readonly runs: number;
  readonly warmupS: number;
  readonly wait: Extract<Workload, { kind: "wait" }>;
  readonly hash: Extract<Workload, { kind: "hash" }>;
  /** Requests that only wait. */
  readonly io: ServeWorkload;
  /** Requests that wait and compute. */
  readonly mixed: ServeWorkload;
  /** Whether a call that names no workload serves `io` too: a quick look has no time for both. */
  readonly servesBoth: boolean;
}

const io: ServeWorkload = {
  kind: "serve",
  connections: 100,
  rate: 500,
  ioMs: 10,
  cpuMs: 0,
  durationS: 6,
  arrivals: "poisson",
  downstream: false,
};

export const DEFAULT_PRESET: Preset = {
  runs: 5,
  warmupS: 1,
  wait: { kind: "wait", tasks: 1_000, waitMs: 10 },
  hash: { kind: "hash", tasks: 1_000 },
  io,
  mixed: { ...io, rate: 150, cpuMs: 5 },
  servesBoth: true,
};

/** Everything once over in a few minutes on two cores: enough to see differences of a factor, not of a percent. */
export const QUICK_PRESET: Preset = {
  runs: 2,
  warmupS: 0.3,
  wait: { kind: "wait", tasks: 1_000, waitMs: 10 },
  hash: { kind: "hash", tasks: 200 },
  io: { ...io, rate: 300, durationS: 1 },
  mixed: { ...io, rate: 300, cpuMs: 2, durationS: 1 },
  servesBoth: false,
};

/** Seed of a run that was not given one: the same call offers the same arrivals in the same order. */
export const DEFAULT_SEED = 1;

export const DEFAULT_OUT = "heddle-results";
