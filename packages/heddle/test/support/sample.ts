import type { Cell, CompareResult } from "@heddle/lab";

export const WAIT = { kind: "wait", tasks: 1_000, waitMs: 10 } as const;

/** A measured cell with figures that read well in a snapshot. */
export function sampleCell(changes: Partial<Cell> = {}): Cell {
  return {
    model: "node-event-loop",
    language: "node",
    workload: WAIT,
    loop: "burst",
    void: null,
    runs: 5,
    discarded: 0,
    latencyMs: { p50: 10.62, p90: 11.4, p99: 12.31, p999: null, max: 13, mean: 10.8 },
    insideMs: null,
    throughputPerS: 81_234.5,
    speedup: null,
    cpuMsPerTask: 0.0123,
    memoryMb: { baseline: 45, plateau: 46.2, peak: 47.1 },
    memoryPartsMb: null,
    switchesPerTask: { voluntary: 0.01, involuntary: 0.02 },
    eventLoop: { delayP50Ms: 0.1, delayP99Ms: 1.5, delayMaxMs: 2, utilization: 0.4 },
    interval: { p50: [10.5, 10.8], p99: [12, 12.6] },
    errors: { connect: 0, response: 0, timeout: 0 },
    steady: "flat",
    laws: { little: null, utilization: null },
    generator: null,
    histograms: [],
    curve: [],
    perRun: [],
    ...changes,
  };
}

/** Two measured models, one void, one not installed. */
export function sampleResult(changes: Partial<CompareResult> = {}): CompareResult {
  const entry = { language: "node", summary: "", version: "20.20.2", why: null, install: null } as const;
  return {
    schema: "heddle.compare/1",
    heddle: "0.1.0",
    createdAt: "2026-11-20T00:00:00.000Z",
    tookS: 83,
    seed: 1,
    preset: "default",
    runsPlanned: 5,
    placement: "shared",
    partial: null,
    machine: {
      cpu: "Example CPU",
      cores: 2,
      memoryMb: 8_192,
      os: "Debian 12",
      kernel: "6.1",
      node: "20.20.2",
      virtualization: null,
      limits: { openFiles: 20_000, processes: null, ports: 28_000, backlog: 4_096 },
    },
    preflight: [
      { id: "files", severity: "warning", message: "only 1024 files may be open", mend: "ulimit -n 20000" },
      { id: "fine", severity: "info", message: "not worth a line", mend: null },
    ],
    noise: [
      {
        workload: WAIT,
        model: "node-event-loop",
        p50Ratio: { value: 1, interval: [0.99, 1.01] },
        p99Ratio: { value: 1.02, interval: [0.97, 1.06] },
        quiet: true,
      },
    ],
    models: [
      { ...entry, name: "node-event-loop", state: "measured" },
      { ...entry, name: "go-goroutines", language: "go", state: "measured" },
      { ...entry, name: "bun-event-loop", language: "bun", state: "not-installed", install: "see bun.sh" },
    ],
    cells: [
      sampleCell(),
      sampleCell({
        model: "go-goroutines",
        language: "go",
        latencyMs: { p50: 10.1, p90: 10.3, p99: 10.61, p999: null, max: 11, mean: 10.2 },
        interval: { p50: [10.05, 10.15], p99: [10.5, 10.7] },
        cpuMsPerTask: 0.0061,
        memoryMb: { baseline: 3, plateau: 5.5, peak: 6.25 },
        eventLoop: null,
      }),
      sampleCell({
        model: "python-threads",
        language: "python",
        void: "ended with exit code 1: \u001b[31mout of threads",
      }),
    ],
    sweep: null,
    requirement: { p99Ms: 50, memoryMb: null },
    choices: [
      {
        workload: WAIT,
        model: "go-goroutines",
        runnerUp: "node-event-loop",
        why: "0.006 ms CPU per task against 0.012 ms, at a p99 of 10.6 ms",
        ties: [],
      },
    ],
    summary: [
      { language: "node", work: "io", model: "node-event-loop", why: "" },
      { language: "go", work: "io", model: "go-goroutines", why: "" },
      { language: "go", work: "cpu", model: "go-worker-pool", why: "" },
      { language: "node", work: "cpu", model: null, why: "not measured" },
    ],
    decision: {
      model: "go-goroutines",
      why: "the cheapest that meets p99 <= 50 ms everywhere it was measured",
    },
    ...changes,
  };
}
