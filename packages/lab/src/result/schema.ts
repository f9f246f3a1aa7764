import { z } from "zod";
import { hashWorkload, serveWorkload, waitWorkload } from "../workload/schema.js";

/**
 * `heddle.compare/1`: everything the report shows. Published in packages/lab/schema/compare.schema.json.
 * Compatible growth only: fields may be added, none is renamed or removed.
 */
export const COMPARE_SCHEMA = "heddle.compare/1";

const bounds = z.tuple([z.number(), z.number()]);
export const quantiles = z.object({
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  /** null below 100,000 samples: one in a thousand of fewer is anecdote. */
  p999: z.number().nullable(),
  max: z.number(),
  mean: z.number(),
});

export const noticeSchema = z.object({
  id: z.string(),
  severity: z.enum(["info", "warning", "blocker"]),
  /** What this machine cannot do, in one line. */
  message: z.string(),
  /** The command or setting that mends it. */
  mend: z.string().nullable(),
});

export const machineSchema = z.object({
  cpu: z.string(),
  cores: z.number(),
  memoryMb: z.number(),
  os: z.string(),
  kernel: z.string(),
  node: z.string(),
  virtualization: z.string().nullable(),
  limits: z.object({
    openFiles: z.number().nullable(),
    processes: z.number().nullable(),
    ports: z.number().nullable(),
    backlog: z.number().nullable(),
  }),
});

const workload = z.discriminatedUnion("kind", [
  waitWorkload,
  hashWorkload.extend({ bytes: z.int() }),
  serveWorkload,
]);

export const lawCheck = z.object({
  /** Relative distance from what the law demands; 0.02 is 2 %. */
  residual: z.number(),
  holds: z.boolean(),
  detail: z.string(),
});

export const generatorSchema = z.object({
  askedPerS: z.number(),
  arrivedPerS: z.number(),
  answeredPerS: z.number(),
  cpuShare: z.number(),
  sendLagP99Ms: z.number(),
  connections: z.number(),
});

export const runSchema = z.object({
  round: z.int(),
  /** Position within its round: order effects can be looked for. */
  order: z.int(),
  latencyMs: quantiles,
  throughputPerS: z.number(),
  cpuMsPerTask: z.number().nullable(),
  peakMemoryMb: z.number().nullable(),
  stealShare: z.number().nullable(),
  foreignShare: z.number().nullable(),
  void: z.string().nullable(),
});

export const cellSchema = z.object({
  model: z.string(),
  language: z.string(),
  workload,
  /** How load was offered: a burst of all tasks, or arrivals on their own clock. */
  loop: z.enum(["burst", "open"]),
  void: z.string().nullable(),
  runs: z.int(),
  /** Runs thrown away because the box was disturbed; they were repeated. */
  discarded: z.int(),
  latencyMs: quantiles.nullable(),
  /** Inside the task only (wait, hash): what code that starts its clock in the task would report. */
  insideMs: quantiles.nullable(),
  throughputPerS: z.number().nullable(),
  /** hash: against one hash after another on one core of the same program. */
  speedup: z.number().nullable(),
  cpuMsPerTask: z.number().nullable(),
  memoryMb: z.object({ baseline: z.number(), plateau: z.number(), peak: z.number() }).nullable(),
  /** At the plateau. rss counts shared pages once per process; pss splits them. */
  memoryPartsMb: z
    .object({
      rss: z.number(),
      pss: z.number().nullable(),
      kernelStacks: z.number(),
      pageTables: z.number(),
      sockets: z.number().nullable(),
    })
    .nullable(),
  switchesPerTask: z.object({ voluntary: z.number(), involuntary: z.number() }).nullable(),
  eventLoop: z
    .object({
      delayP50Ms: z.number(),
      delayP99Ms: z.number(),
      delayMaxMs: z.number(),
      utilization: z.number(),
    })
    .nullable(),
  /** 95 % bootstrap intervals between runs; absent for what was not measured. */
  interval: z.record(z.string(), bounds),
  errors: z.object({ connect: z.int(), response: z.int(), timeout: z.int() }),
  steady: z.enum(["flat", "warming-up", "slowing-down", "no-steady-state", "unknown"]),
  laws: z.object({ little: lawCheck.nullable(), utilization: lawCheck.nullable() }),
  generator: generatorSchema.nullable(),
  /** HdrHistogram V2, compressed, base64; values in microseconds; one per run. */
  histograms: z.array(z.string()),
  /** Points of the latency curve of all runs together: [quantile, ms]. */
  curve: z.array(z.tuple([z.number(), z.number()])),
  perRun: z.array(runSchema),
});

export const modelEntry = z.object({
  name: z.string(),
  language: z.string(),
  summary: z.string(),
  state: z.enum(["measured", "not-installed", "failed"]),
  version: z.string().nullable(),
  why: z.string().nullable(),
  install: z.string().nullable(),
});

export const choiceSchema = z.object({
  /** Index into `cells` is not used: the workload is repeated so that a choice reads on its own. */
  workload,
  model: z.string().nullable(),
  runnerUp: z.string().nullable(),
  why: z.string(),
  /** Models whose CPU (or memory) interval cannot be told apart from the winner's. */
  ties: z.array(z.string()),
});

export const kindOfWork = z.enum(["io", "cpu", "mixed"]);

export const compareResult = z.object({
  schema: z.literal(COMPARE_SCHEMA),
  heddle: z.string(),
  createdAt: z.string(),
  tookS: z.number(),
  seed: z.int(),
  preset: z.enum(["quick", "default"]),
  runsPlanned: z.int(),
  placement: z.string(),
  /** Why this result is not whole (Ctrl+C, a full disk), or null. */
  partial: z.string().nullable(),
  machine: machineSchema,
  preflight: z.array(noticeSchema),
  /** The same model measured as two: what differs here is the box, not a model. */
  noise: z.array(
    z.object({
      workload,
      model: z.string(),
      p50Ratio: z.object({ value: z.number(), interval: bounds }),
      p99Ratio: z.object({ value: z.number(), interval: bounds }),
      quiet: z.boolean(),
    }),
  ),
  models: z.array(modelEntry),
  cells: z.array(cellSchema),
  sweep: z.object({ parameter: z.literal("cpuMs"), values: z.array(z.number()) }).nullable(),
  requirement: z.object({ p99Ms: z.number().nullable(), memoryMb: z.number().nullable() }),
  choices: z.array(choiceSchema),
  /** I/O-bound, CPU-bound, mixed x language: the best measured model of each language. */
  summary: z.array(
    z.object({ language: z.string(), work: kindOfWork, model: z.string().nullable(), why: z.string() }),
  ),
  /** The one over all workloads: the cheapest model that meets the requirement everywhere it was measured. */
  decision: z.object({ model: z.string().nullable(), why: z.string() }),
});

export type CompareResult = z.infer<typeof compareResult>;
export type Cell = z.infer<typeof cellSchema>;
export type CellRun = z.infer<typeof runSchema>;
export type CellWorkload = z.infer<typeof workload>;
export type Quantiles = z.infer<typeof quantiles>;
export type Machine = z.infer<typeof machineSchema>;
export type Notice = z.infer<typeof noticeSchema>;
export type ModelEntry = z.infer<typeof modelEntry>;
export type Choice = z.infer<typeof choiceSchema>;
export type LawCheck = z.infer<typeof lawCheck>;
export type GeneratorFigures = z.infer<typeof generatorSchema>;
