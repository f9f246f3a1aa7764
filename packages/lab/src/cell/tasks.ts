import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { littleBurst } from "../law/little.js";
import { utilization } from "../law/utilization.js";
import { watchNoise } from "../machine/noise.js";
import type { StartableModel } from "../model/schema.js";
import { sampleMemory } from "../probe/memory.js";
import { readTree } from "../probe/tree.js";
import { type TasksResult, tasksResultSchema } from "../program/answer.js";
import { ProgramFailure } from "../program/failure.js";
import { type Program, startProgram } from "../program/start.js";
import type { CellWorkload, LawCheck } from "../result/schema.js";
import { LatencyHistogram } from "../statistics/histogram.js";
import { median } from "../statistics/median.js";
import { lawReason } from "./lawReason.js";
import { memoryOf } from "./memory.js";
import { type MeasuredRun, NO_ERRORS, programWorkload, type RunContext, type RunMemory } from "./run.js";
import { ownCpuMs } from "./window.js";

type TasksWorkload = Extract<CellWorkload, { kind: "wait" | "hash" }>;

/** The system counts CPU in steps of 10 ms: shares of a shorter time would be invented. */
const SHORTEST_WATCH_MS = 500;
const QUIET = { stealShare: null, foreignShare: null };
/** Parked tasks must be there long enough to be seen by a sampler of 20 ms. */
const HOLD_MS = 300;

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
    const memory = await parkedMemory(program, workload);
    const noise = watchNoise(ownCpuMs);
    const startedAt = performance.now();
    const results = await timedPasses(program, workload, context.iterations);
    const disturbance = performance.now() - startedAt < SHORTEST_WATCH_MS ? QUIET : await noise.stop();
    measured = { ...digest(startable, workload, context, results), memory, noise: disturbance };
  } catch (error) {
    await program.stop();
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

/** The first, unmeasured pass; repeated with a longer wait when the tasks were gone before they could be weighed. */
async function parkedMemory(program: Program, workload: TasksWorkload): Promise<RunMemory | null> {
  const baseline = await readTree(program.pid, { pss: true });
  const passes: string[] = ["go"];
  let figures: RunMemory | null = null;
  for (let line = passes.shift(); line !== undefined; line = passes.shift()) {
    if (program.ended) return figures;
    const sampler = sampleMemory(program.pid, { everyMs: 20 });
    program.send(line);
    const result = await program.result(tasksResultSchema, patience(workload)).finally(async () => {
      figures = memoryOf(baseline, await sampler.stop());
    });
    if (line === "go" && workload.kind === "wait" && result.totalMs < HOLD_MS) {
      const waves = Math.max(1, Math.round(result.totalMs / Math.max(1, workload.waitMs)));
      const hold = Math.max(20, Math.min(HOLD_MS + workload.tasks * 0.1, 1_500 / waves));
      passes.push(`go ${JSON.stringify({ waitMs: Math.round(hold) })}`);
    }
  }
  return figures;
}

async function timedPasses(
  program: Program,
  workload: TasksWorkload,
  iterations: number,
): Promise<TasksResult[]> {
  const results: TasksResult[] = [];
  for (let i = 0; i < iterations; i++) {
    program.send("go");
    results.push(checked(await program.result(tasksResultSchema, patience(workload)), workload));
  }
  return results;
}

/** A wait of T may take N·T when a model does one after another; nothing honest takes longer than that and a minute. */
function patience(workload: TasksWorkload): number {
  const work =
    workload.kind === "wait" ? workload.tasks * workload.waitMs : workload.tasks * (workload.bytes / 100_000);
  return Math.min(10 * 60_000, 60_000 + work);
}

function checked(result: TasksResult, workload: TasksWorkload): TasksResult {
  if (result.latencyMs.length !== workload.tasks) {
    throw new ProgramFailure(`answered ${result.latencyMs.length} latencies for ${workload.tasks} tasks`);
  }
  if (workload.kind === "hash" && result.digest !== digestOf(workload.bytes)) {
    throw new ProgramFailure(`computed a wrong SHA-256: ${result.digest ?? "none"}`);
  }
  // timers may fire up to 1 ms early by design of the event loop library of Node
  const early = result.insideMs?.find((ms) => workload.kind === "wait" && ms < workload.waitMs - 1.1);
  if (early !== undefined) {
    throw new ProgramFailure(
      `a task waited ${early.toFixed(2)} ms instead of ${workload.kind === "wait" ? workload.waitMs : 0}`,
    );
  }
  return result;
}

const digests = new Map<number, string>();

/** The digest every model must find; the buffer is the one docs/models.md describes. */
function digestOf(bytes: number): string {
  const known = digests.get(bytes);
  if (known !== undefined) return known;
  const buffer = Buffer.alloc(bytes);
  for (let i = 0; i < bytes; i++) buffer[i] = (i * 31 + 7) & 255;
  const digest = createHash("sha256").update(buffer).digest("hex");
  digests.set(bytes, digest);
  return digest;
}

function digest(
  startable: StartableModel,
  workload: TasksWorkload,
  context: RunContext,
  results: readonly TasksResult[],
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
  const cpuMs = total(results, (usage) => sumOf(usage.userMs, usage.systemMs));
  const voluntary = total(results, (usage) => usage.voluntary);
  const involuntary = total(results, (usage) => usage.involuntary);
  const singleMs = results.at(-1)?.singleMs ?? null;
  const laws = {
    little:
      inside.count === 0
        ? null
        : burstLaw(startable, workload, inside.quantiles().mean, totalMs / results.length),
    utilization:
      cpuMs === null
        ? null
        : utilization({ throughputPerS, cpuMsPerTask: cpuMs / tasks, cores: context.cores }),
  };
  return {
    latency,
    inside: inside.count === 0 ? null : inside,
    tasks,
    throughputPerS,
    cpuMs,
    switches: voluntary === null ? null : { voluntary, involuntary: involuntary ?? 0 },
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
