import { startDownstream } from "../load/downstream.js";
import { judgeLoad } from "../load/judge.js";
import type { LoadPlan } from "../load/plan.js";
import { runLoad } from "../load/run.js";
import { pinned } from "../machine/cores.js";
import type { StartableModel } from "../model/schema.js";
import { sampleMemory } from "../probe/memory.js";
import { readTree } from "../probe/tree.js";
import { type ServeResult, serveResultSchema } from "../program/answer.js";
import { ProgramFailure } from "../program/failure.js";
import { startProgram } from "../program/start.js";
import type { CellWorkload } from "../result/schema.js";
import { kernelBody } from "./kernel.js";
import { memoryOf } from "./memory.js";
import { placementOf } from "./placement.js";
import { type MeasuredRun, programWorkload, type RunContext, type RunMemory } from "./run.js";
import { serveRun } from "./serveRun.js";
import { openWindow, type Seen, type Window } from "./window.js";

export type ServeCell = Extract<CellWorkload, { kind: "serve" }>;

/** A server under load: one of our models, or a real one of the user's. */
export interface Target {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** Body every answer must have; null: any. */
  readonly body: string | null;
  /** Called when the measured window begins and ends; the latter gives what the server knows of itself. */
  begin(): void;
  end(): Promise<ServeResult | null>;
  stop(): Promise<number>;
  /** The same after a failure, without waiting for it to leave by itself. */
  kill(): Promise<void>;
}

const LEAST_TIMEOUT_MS = 30_000;
const BACKLOG = 4_096;

/** One fresh server under open-loop load. */
export async function runServe(
  startable: StartableModel,
  workload: ServeCell,
  context: RunContext,
): Promise<MeasuredRun> {
  const roundsPerMs = context.roundsPerMs.get(startable.model.language) ?? 0;
  if (workload.cpuMs > 0 && roundsPerMs === 0) {
    throw new ProgramFailure(`no calibration of the kernel for ${startable.model.language}`);
  }
  const cpuRounds = Math.round(workload.cpuMs * roundsPerMs);
  await using downstream = workload.downstream ? await startDownstream() : null;
  const placement = placementOf(context);
  const program = await startProgram({
    argv: pinned(startable.argv, placement.server),
    cwd: startable.cwd,
    workload: {
      ...programWorkload(workload, { ...context, cores: placement.cores }, startable.model.pool),
      cpuRounds,
      backlog: BACKLOG,
      downstream: downstream === null ? null : { host: downstream.host, port: downstream.port },
    },
    readyMs: context.readyMs,
    signal: context.signal,
  });
  const { port } = program;
  if (port === undefined) {
    await program.kill();
    throw new ProgramFailure('its "ready" names no port');
  }
  return await loadTarget(
    {
      pid: program.pid,
      host: "127.0.0.1",
      port,
      path: "/",
      body: kernelBody(cpuRounds),
      begin: () => program.send("go"),
      async end() {
        program.send("stop");
        return await program.result(serveResultSchema, 10_000);
      },
      stop: () => program.stop(),
      kill: () => program.kill(),
    },
    workload,
    context,
  );
}

/** Offers the load to a server that is up, weighs it meanwhile, and stops it whatever happens. */
export async function loadTarget(
  target: Target,
  workload: ServeCell,
  context: RunContext,
): Promise<MeasuredRun> {
  let measured: MeasuredRun;
  try {
    measured = await underLoad(target, workload, context);
  } catch (error) {
    await target.kill();
    throw error;
  }
  const left = await target.stop();
  if (left > 0 && measured.void === null) {
    return {
      ...measured,
      void: `left ${left} process${left === 1 ? "" : "es"} behind after its stdin ended (killed)`,
    };
  }
  return measured;
}

/**
 * At least as long as a request takes, with a fifth to spare: before the first answers come the number of requests in
 * the system only grows, which looks like a server that falls behind.
 */
export function warmupSeconds(workload: Pick<ServeCell, "ioMs" | "cpuMs">, askedS: number): number {
  return Math.max(askedS, ((workload.ioMs + workload.cpuMs) * 1.2) / 1_000);
}

async function underLoad(target: Target, workload: ServeCell, context: RunContext): Promise<MeasuredRun> {
  const { generator, cores } = placementOf(context);
  const plan: LoadPlan = {
    host: target.host,
    port: target.port,
    path: target.path,
    connections: workload.connections,
    ratePerS: workload.rate,
    arrivals: workload.arrivals,
    seed: context.seed,
    warmupS: warmupSeconds(workload, context.warmupS),
    durationS: workload.durationS,
    timeoutMs: responseTimeoutMs(workload),
    expectBody: target.body,
    mode: "open",
    nice: -10,
    cpus: generator,
  };
  const baseline = await readTree(target.pid, { pss: true });
  const sampler = sampleMemory(target.pid, { everyMs: 100 });
  let window: Window | null = null;
  let seen: Promise<Seen> | null = null;
  let memory: RunMemory | null = null;
  const load = await runLoad(plan, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onWindowStart: () => {
      window = openWindow(target);
    },
    onWindowEnd: () => {
      seen = window?.close() ?? null;
      seen?.catch(() => {}); // awaited below, after the generator has told its result
    },
  })
    .catch((error: unknown) => {
      // our own process died: that voids a run, and must not lose what other models have given
      throw context.signal?.aborted === true ? error : new ProgramFailure(`generator: ${textOf(error)}`);
    })
    .finally(async () => {
      memory = memoryOf(baseline, await sampler.stop());
    });
  const told = await (seen as Promise<Seen> | null);
  if (told === null) {
    throw new ProgramFailure(judgeLoad(plan, load) ?? "the load ended before its measured window");
  }
  return serveRun({ plan, load, seen: told, memory, cores });
}

/** No user waits longer than half a minute, unless the work itself takes that long. */
function responseTimeoutMs(workload: ServeCell): number {
  return Math.max(LEAST_TIMEOUT_MS, 3 * (workload.ioMs + workload.cpuMs));
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
