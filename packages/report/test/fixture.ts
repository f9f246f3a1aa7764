import { type CompareResult, compareResult } from "@heddle/lab";
import { histogram, wobble } from "./chance.js";

/**
 * TEST DATA, made up. A whole result of the size and shape that a long run gives: 18 models, several workloads, a sweep,
 * void cells, absent models, and names that a hostile program could give itself. No number here was measured.
 */
type Cell = CompareResult["cells"][number];
type CellWorkload = Cell["workload"];

export const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  '</script><script>alert("2")</script>',
  `very-long-${"name-".repeat(60)}end`,
  "\u202Eשרת-הבית\u202C 'quoted\" & `ticked`",
] as const;

interface Traits {
  readonly name: string;
  readonly language: string;
  /** Latency of 1 ms of waiting on top of the wait itself, CPU per task, memory. */
  readonly slow: number;
  readonly cpu: number;
  readonly memory: number;
}

const traits = (name: string, language: string, slow: number, cpu: number, memory: number): Traits => ({
  name,
  language,
  slow,
  cpu,
  memory,
});

const MODELS: readonly Traits[] = [
  traits("node-event-loop", "node", 1.6, 0.062, 58),
  traits("node-worker-pool", "node", 1.9, 0.094, 96),
  traits("node-cluster", "node", 1.7, 0.081, 171),
  traits("node-thread-per-task", "node", 41, 1.32, 884),
  traits("python-threads", "python", 5.2, 0.213, 41),
  traits("python-thread-pool-50", "python", 88, 0.18, 24),
  traits("python-thread-pool-100", "python", 47, 0.19, 27),
  traits("python-asyncio", "python", 3.8, 0.171, 31),
  traits("python-multiprocessing", "python", 132, 2.94, 412),
  traits("go-goroutines", "go", 0.8, 0.021, 9.4),
  traits("go-worker-pool", "go", 1.1, 0.024, 8.8),
  traits("rust-threads", "rust", 2.4, 0.061, 14.1),
  traits("rust-tokio", "rust", 0.7, 0.014, 4.6),
  traits("java-virtual-threads", "java", 2.1, 0.083, 131),
  traits(HOSTILE[0], "node", 2.5, 0.11, 66),
  traits(HOSTILE[1], "<b>lang</b>", 2.9, 0.12, 71),
  traits(HOSTILE[2], "own", 3.3, 0.13, 76),
  traits(HOSTILE[3], "own", 3.7, 0.14, 81),
];

const SERVE = {
  kind: "serve",
  connections: 100,
  rate: 500,
  ioMs: 10,
  cpuMs: 1,
  durationS: 10,
  arrivals: "poisson",
  downstream: false,
} as const satisfies CellWorkload;

export const WORKLOADS: readonly CellWorkload[] = [
  { kind: "wait", tasks: 1_000, waitMs: 10 },
  { kind: "hash", tasks: 1_000, bytes: 1_500_000 },
  { ...SERVE, cpuMs: 2, rate: 300 },
  { ...SERVE, downstream: true },
];
const SWEEP = [0, 5, 10, 20, 40];

export function fixture(): CompareResult {
  const workloads = [...WORKLOADS, ...SWEEP.map((cpuMs): CellWorkload => ({ ...SERVE, cpuMs, rate: 100 }))];
  const cells = workloads.flatMap((workload, w) =>
    MODELS.map((model, m) => cellOf(model, workload, w * 31 + m)),
  );
  return compareResult.parse({
    schema: "heddle.compare/1",
    heddle: "0.1.0",
    createdAt: "2026-01-02T03:04:05.678Z",
    tookS: 741.2,
    seed: 20_260_102,
    preset: "quick",
    runsPlanned: 5,
    placement: "shared: server and generator on all cores",
    partial: "stopped by Ctrl+C after 412 of 540 runs",
    machine: {
      cpu: "Test CPU <9000> @ 2.40GHz",
      cores: 2,
      memoryMb: 7_962,
      os: "Debian GNU/Linux 12",
      kernel: "6.1.0",
      node: "v20.19.0",
      virtualization: "kvm",
      limits: { openFiles: 20_000, processes: null, ports: 28_232, backlog: 4_096 },
    },
    preflight: [
      {
        id: "fd",
        severity: "info",
        message: "20 000 file descriptors are enough for 9 900 connections",
        mend: null,
      },
      {
        id: "busy",
        severity: "warning",
        message: "another program uses 12 % of the processors",
        mend: "close it, or: heddle compare --runs 10",
      },
    ],
    noise: [
      {
        workload: WORKLOADS[0],
        model: "node-event-loop",
        p50Ratio: { value: 1.004, interval: [0.991, 1.017] },
        p99Ratio: { value: 1.021, interval: [0.962, 1.083] },
        quiet: true,
      },
    ],
    models: [
      ...MODELS.map((model) => ({
        name: model.name,
        language: model.language,
        summary: `test data for ${model.name}`,
        state: "measured",
        version: `1.2.3 ${model.language}`,
        why: null,
        install: null,
      })),
      {
        name: "bun-event-loop",
        language: "bun",
        summary: "Bun's event loop",
        state: "not-installed",
        version: null,
        why: "no program named bun was found",
        install: "npm install --global bun",
      },
      {
        name: "java-platform-threads",
        language: "java",
        summary: "a thread each",
        state: "failed",
        version: "17",
        why: 'it ended with code 1: Error: <script>alert("x")</script>',
        install: null,
      },
    ],
    cells,
    sweep: { parameter: "cpuMs", values: SWEEP },
    requirement: { p99Ms: 100, memoryMb: 512 },
    choices: workloads.map((workload) => ({
      workload,
      model: "rust-tokio",
      runnerUp: "go-goroutines",
      why: "0.0140 ms of CPU per task against 0.0210 ms of go-goroutines (33 % less, interval 29–37 %); p99 17.2 ms meets 100 ms; 4.60 MiB",
      ties: workload.kind === "wait" ? ["go-worker-pool"] : [],
    })),
    summary: ["node", "python", "go", "rust", "java"].flatMap((language) =>
      (["io", "cpu", "mixed"] as const).map((work) => ({
        language,
        work,
        model:
          language === "java" && work === "cpu"
            ? null
            : (MODELS.find((model) => model.language === language)?.name ?? null),
        why:
          language === "java" && work === "cpu"
            ? "every cell was void"
            : "0.0620 ms of CPU per task, p99 17.2 ms",
      })),
    ),
    decision: {
      model: "rust-tokio",
      why: "rust-tokio meets p99 <= 100 ms and 512 MiB everywhere it was measured with the least CPU: 0.0140 ms per task, 33 % less than go-goroutines (interval 29–37 %).",
    },
  });
}

function voidReason(model: Traits, workload: CellWorkload, seed: number): string | null {
  if (workload.kind === "serve" && workload.cpuMs >= 20 && model.language === "python") {
    return `saturated: asked ${workload.rate} per s, achieved ${Math.round(50 + 10 * wobble(seed))}`;
  }
  if (workload.kind === "serve" && workload.cpuMs >= 40) return "saturated: asked 100 per s, achieved 49";
  if (model.name === "python-multiprocessing" && workload.kind === "wait")
    return "Little's law is 9.1 % off: <i>something</i> is not counted";
  return null;
}

function cellOf(model: Traits, workload: CellWorkload, seed: number): unknown {
  const isServe = workload.kind === "serve";
  const cpuWork = workload.kind === "serve" ? workload.cpuMs : workload.kind === "hash" ? 1 : 0;
  const wait = workload.kind === "wait" ? workload.waitMs : workload.kind === "serve" ? workload.ioMs : 0;
  const queue = workload.kind === "hash" ? 260 : 0;
  const load = workload.kind === "serve" ? (workload.rate * (workload.cpuMs + model.cpu)) / 2_000 : 0;
  const base = wait + queue + cpuWork / Math.max(0.05, 1 - load);
  const at = (quantile: number) =>
    (base + model.slow * (0.6 + 0.5 * Math.log10(1 / (1 - quantile)) ** 1.6)) * (1 + 0.04 * wobble(seed));
  const void_ = voidReason(model, workload, seed);
  const cpu = (model.cpu + cpuWork) * (1 + 0.05 * wobble(seed + 7));
  const around = (value: number, part = 0.04): [number, number] => [value * (1 - part), value * (1 + part)];
  const latencyMs = {
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    p999: isServe ? null : at(0.999),
    max: at(0.99995),
    mean: at(0.6),
  };
  const rate = workload.kind === "serve" ? workload.rate : 1_000_000 / at(0.999);
  const peak = model.memory * 1.35;
  const noMemory = model.name === "node-thread-per-task" && isServe;
  return {
    model: model.name,
    language: model.language,
    workload,
    loop: isServe ? "open" : "burst",
    void: void_,
    runs: 5,
    discarded: 1,
    latencyMs,
    insideMs: isServe ? null : { ...latencyMs, p50: base, p99: base * 1.1, p999: null },
    throughputPerS: rate,
    speedup: workload.kind === "hash" ? 1 + 0.9 * wobble(seed + 3) : null,
    cpuMsPerTask: cpu,
    memoryMb: noMemory ? null : { baseline: model.memory * 0.7, plateau: model.memory, peak },
    memoryPartsMb: noMemory
      ? null
      : { rss: model.memory * 1.1, pss: model.memory, kernelStacks: 0.4, pageTables: 0.3, sockets: null },
    switchesPerTask: { voluntary: 0.02 + model.slow * 0.06, involuntary: 0.004 + model.cpu * 0.9 },
    eventLoop: /event-loop|asyncio/u.test(model.name)
      ? { delayP50Ms: 0.11, delayP99Ms: 1.32, delayMaxMs: 4.1, utilization: 0.34 }
      : null,
    interval: {
      p50: around(latencyMs.p50, 0.01),
      p90: around(latencyMs.p90, 0.02),
      p99: around(latencyMs.p99, 0.05),
      max: around(latencyMs.max, 0.2),
      throughputPerS: around(rate, 0.01),
      cpuMsPerTask: around(cpu, 0.03 + 0.1 * wobble(seed)),
      ...(noMemory ? {} : { memoryPeakMb: around(peak, 0.03), memoryPlateauMb: around(model.memory, 0.02) }),
    },
    errors: { connect: 0, response: 0, timeout: 0 },
    steady: seed % 13 === 0 ? "warming-up" : "flat",
    laws: {
      little: {
        residual: void_ === null ? 0.012 : 0.091,
        holds: void_ === null,
        detail: "L = 5.07, λW = 5.01",
      },
      utilization: isServe
        ? { residual: 0.004, holds: true, detail: "0.212 cores used, 0.211 by tasks" }
        : null,
    },
    generator: isServe
      ? {
          askedPerS: rate,
          arrivedPerS: rate * 0.9996,
          answeredPerS: rate * 0.9996,
          cpuShare: 0.081,
          sendLagP99Ms: 0.42,
          connections: 100,
        }
      : null,
    histograms: Array.from({ length: 5 }, (_, run) => histogram(seed * 5 + run)),
    curve: QUANTILES.filter((quantile) => quantile <= (isServe ? 0.999 : 0.9999)).map((quantile) => [
      quantile,
      at(Math.min(quantile, 0.99995)),
    ]),
    perRun: Array.from({ length: 5 }, (_, run) => ({
      round: run + 1,
      order: Math.floor(wobble(seed * 5 + run) * 18),
      latencyMs: { ...latencyMs, p50: latencyMs.p50 * (0.99 + 0.02 * wobble(seed + run)) },
      throughputPerS: rate,
      cpuMsPerTask: cpu,
      peakMemoryMb: noMemory ? null : peak,
      stealShare: 0.002,
      foreignShare: null,
      void: void_ === null ? null : "as the cell",
    })),
  };
}

const QUANTILES = [
  0, 0.1, 0.25, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.9925,
  0.995, 0.9975, 0.999, 0.9995, 0.9999, 1,
];
