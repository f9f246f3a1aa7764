import { performance } from "node:perf_hooks";
import { littleBurst } from "../law/little.js";
import { utilization } from "../law/utilization.js";
import { watchNoise } from "../machine/noise.js";
import type { StartableModel } from "../model/schema.js";
import { countTree, type TreeDelta } from "../probe/count.js";
import { type TasksResult, tasksResultSchema } from "../program/answer.js";
import { ProgramFailure } from "../program/failure.js";
import { type Program, startProgram } from "../program/start.js";
import type { CellWorkload, LawCheck } from "../result/schema.js";
import { LatencyHistogram } from "../statistics/histogram.js";
import { median } from "../statistics/median.js";
import { checked } from "./check.js";
import { lawReason } from "./lawReason.js";
import { type FirstPass, firstPass, patience } from "./park.js";
import { type MeasuredRun, NO_ERRORS, programWorkload, type RunContext } from "./run.js";
import { ownCpuMs } from "./window.js";

/** Workloads that are a burst of tasks. */
export type TasksWorkload = Extract<CellWorkload, { kind: "wait" | "hash" }>;

/** The system counts CPU in steps of 10 ms: shares of a shorter time would be invented. */
const SHORTEST_WATCH_MS = 500;
/** A pass this long has outlived its own warm-up, and sampling it costs it nothing: it is not repeated. */
const LONG_PASS_MS = 5_000;
/** The same for CPU: ten steps are a tenth too many or too few, and a count of none would win every comparison. */
const LEAST_COUNTED_MS = 100;
/** Of CPU per pass that its length may not explain. */
const EDGE_MS = 1;
const QUIET = { stealShare: null, foreignShare: null };

/**
 * One fresh process under `wait` or `hash`: once unmeasured (memory is sampled then, so that sampling never disturbs
 * a timed pass), then `iterations` timed passes.
 */
export async function runTasks(
  startable: StartableModel,
  workload: TasksWorkload,
  context: RunContext,
): Promise<MeasuredRun> {
  const program = await startProgram({
    argv: startable.argv,
    cwd: startable.cwd,
    workload: programWorkload(workload, context, startable.model.pool),
    readyMs: context.readyMs,
    signal: context.signal,
  });
  let measured: MeasuredRun;
  try {
    const first = await firstPass(program, workload, startable.model.pool);
    const counter = countTree(program.pid);
    const noise = watchNoise(ownCpuMs);
    const startedAt = performance.now();
    const isLong = first.result.totalMs > LONG_PASS_MS;
    const results = await (isLong
      ? onePass(first, workload)
      : timedPasses(program, workload, context.iterations, first));
    // who has left, or was measured by its first pass, did not work while it was counted
    const counted = isLong || program.ended ? null : await counter.delta();
    const disturbance = performance.now() - startedAt < SHORTEST_WATCH_MS ? QUIET : await noise.stop();
    measured = {
      ...figuresOf(startable, workload, context, { results, counted }),
      memory: first.memory,
      noise: disturbance,
    };
  } catch (error) {
    await program.kill();
    throw error;
  }
  const left = await program.stop();
  if (left > 0) {
    throw new ProgramFailure(
      `left ${left} process${left === 1 ? "" : "es"} behind after its stdin ended (killed)`,
    );
  }
  return measured;
}

async function onePass(first: FirstPass, workload: TasksWorkload): Promise<TasksResult[]> {
  return [checked(first.result, workload)];
}

/** A program that answers once and leaves is measured by its first pass: one sample per run. */
async function timedPasses(
  program: Program,
  workload: TasksWorkload,
  iterations: number,
  first: FirstPass,
): Promise<TasksResult[]> {
  const results: TasksResult[] = [];
  for (let i = 0; i < iterations; i++) {
    program.send("go");
    try {
      results.push(checked(await program.result(tasksResultSchema, patience(workload)), workload));
    } catch (error) {
      if (i === 0 && program.endedWell) return await onePass(first, workload);
      throw error;
    }
  }
  return results;
}

/** What the program said of its timed passes, and what /proc counted during them. */
interface Evidence {
  readonly results: readonly TasksResult[];
  readonly counted: TreeDelta | null;
}

function figuresOf(
  startable: StartableModel,
  workload: TasksWorkload,
  context: RunContext,
  { results, counted }: Evidence,
): Omit<MeasuredRun, "memory" | "noise"> {
  const latency = new LatencyHistogram();
  const inside = new LatencyHistogram();
  for (const result of results) {
    for (const ms of result.latencyMs) latency.record(ms);
    for (const ms of result.insideMs ?? []) inside.record(ms);
  }
  const tasks = results.length * workload.tasks;
  const totalMs = sum(results.map((result) => result.totalMs));
  const throughputPerS = (tasks / totalMs) * 1_000;
  const saidMs = total(results, (usage) => sumOf(usage.userMs, usage.systemMs));
  const cpuMs = saidMs ?? cpuOf(counted);
  const singleMs = results.at(-1)?.singleMs ?? null;
  const laws = {
    little:
      inside.count === 0
        ? null
        : burstLaw(startable, workload, inside.quantiles().mean, totalMs / results.length),
    // what /proc counted includes the time between the passes, and so cannot be held against their length
    utilization: saidMs === null ? null : busyLaw(saidMs, results, tasks, context.cores),
  };
  return {
    latency,
    inside: inside.count === 0 ? null : inside,
    tasks,
    throughputPerS,
    cpuMs,
    switches: switchesOf({ results, counted }),
    eventLoop: results.at(-1)?.loop ?? null,
    speedup: singleMs === null ? null : (tasks * singleMs) / totalMs,
    generator: null,
    errors: NO_ERRORS,
    series: results.map((result) => median(result.latencyMs)),
    laws,
    void: lawReason(laws),
    disturbed: false,
  };
}

function cpuOf(counted: TreeDelta | null): number | null {
  return counted === null || counted.cpuMs < LEAST_COUNTED_MS ? null : counted.cpuMs;
}

/** The program's own count covers threads that ended; the one from /proc only says something when none did. */
function switchesOf({ results, counted }: Evidence): MeasuredRun["switches"] {
  const seen = counted?.complete === true ? counted : null;
  const voluntary = total(results, (usage) => usage.voluntary) ?? seen?.voluntary;
  const involuntary = total(results, (usage) => usage.involuntary) ?? seen?.involuntary;
  return voluntary === undefined || involuntary === undefined ? null : { voluntary, involuntary };
}

/** A program reads its clocks one after the other: in a burst of a millisecond that alone would break the law. */
export function busyLaw(
  cpuMs: number,
  results: readonly Pick<TasksResult, "totalMs">[],
  tasks: number,
  cores: number,
): LawCheck {
  const totalMs = sum(results.map((result) => result.totalMs));
  const check = utilization({
    throughputPerS: (tasks / totalMs) * 1_000,
    cpuMsPerTask: cpuMs / tasks,
    cores,
  });
  const isEdge = cpuMs - cores * totalMs <= results.length * EDGE_MS;
  return { ...check, holds: check.holds || isEdge };
}

function burstLaw(
  startable: StartableModel,
  workload: TasksWorkload,
  insideMs: number,
  totalMs: number,
): LawCheck {
  const limit = workload.kind === "wait" ? (startable.model.pool ?? null) : null;
  return littleBurst({
    tasks: workload.tasks,
    insideMs,
    totalMs,
    limit,
    waitMs: workload.kind === "wait" ? workload.waitMs : undefined,
  });
}

function total(
  results: readonly TasksResult[],
  pick: (usage: NonNullable<TasksResult["usage"]>) => number | undefined,
): number | null {
  let all = 0;
  for (const { usage } of results) {
    const value = usage === undefined ? undefined : pick(usage);
    if (value === undefined) return null;
    all += value;
  }
  return all;
}

const sumOf = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
