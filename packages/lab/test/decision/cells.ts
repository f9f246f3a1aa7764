import type { Cell, CellRun, CellWorkload } from "../../src/result/schema.js";

export const WAIT: CellWorkload = { kind: "wait", tasks: 1_000, waitMs: 10 };
export const HASH: CellWorkload = { kind: "hash", tasks: 1_000, bytes: 1_000_000 };

export function serve(cpuMs: number, ioMs = 10): CellWorkload {
  return {
    kind: "serve",
    connections: 100,
    rate: 500,
    ioMs,
    cpuMs,
    durationS: 10,
    arrivals: "poisson",
    downstream: false,
  };
}

export interface Figures {
  readonly model: string;
  readonly language?: string;
  readonly workload?: CellWorkload;
  /** CPU ms per task of each run; null: not measured. */
  readonly cpu: readonly number[] | null;
  readonly memory?: number;
  readonly p99?: number;
  readonly p99Interval?: [number, number];
  readonly void?: string;
}

/** A measured cell with what a choice looks at; everything else as a quiet box would give it. */
export function cell(figures: Figures): Cell {
  const { model, language = "node", workload = WAIT, memory = 50, p99 = 12 } = figures;
  const cpu = figures.cpu ?? [0, 0, 0];
  const latencyMs = { p50: p99 / 1.2, p90: p99 / 1.1, p99, p999: null, max: p99, mean: p99 / 1.2 };
  const perRun: CellRun[] = cpu.map((cpuMsPerTask, round) => ({
    round,
    order: round,
    latencyMs,
    throughputPerS: 500,
    cpuMsPerTask: figures.cpu === null ? null : cpuMsPerTask,
    peakMemoryMb: memory + round / 10,
    stealShare: 0,
    foreignShare: 0,
    void: null,
  }));
  const isVoid = figures.void !== undefined;
  return {
    model,
    language,
    workload,
    loop: workload.kind === "serve" ? "open" : "burst",
    void: figures.void ?? null,
    runs: perRun.length,
    discarded: 0,
    latencyMs: isVoid ? null : latencyMs,
    insideMs: null,
    throughputPerS: 500,
    speedup: null,
    cpuMsPerTask: figures.cpu === null ? null : (cpu[0] ?? null),
    memoryMb: { baseline: 10, plateau: memory, peak: memory },
    memoryPartsMb: null,
    switchesPerTask: null,
    eventLoop: null,
    interval: figures.p99Interval === undefined ? {} : { p99: figures.p99Interval },
    errors: { connect: 0, response: 0, timeout: 0 },
    steady: "flat",
    laws: { little: null, utilization: null },
    generator: null,
    histograms: [],
    curve: [],
    perRun,
  };
}
