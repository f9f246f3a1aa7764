import {
  allowedCpus,
  allPythons,
  countTree,
  findMembers,
  formatCpuList,
  guardMemory,
  type Program,
  ProgramFailure,
  pinned,
  random,
  readFootprint,
  runOnce,
  type StartableModel,
  startProgram,
} from "@heddle/lab";
import { z } from "zod";
import type { Args, Bench, RunOptions, Started } from "./bench.js";
import { loadServer } from "./load.js";
import { howItEnded, outcomeOf, resultOf } from "./outcome.js";

const WITHIN_MS = 20_000;
const READY_MS = 15_000;
const anyResult = z.record(z.string(), z.unknown());

export interface BenchOptions {
  readonly seed: number;
  readonly quick: boolean;
  readonly memoryMb: number;
  readonly signal: AbortSignal;
  readonly programs: ReadonlyMap<string, StartableModel>;
}

/**
 * A bench that is closed after the run: whatever it started and did not stop is stopped then, also what was only about
 * to start. Closing resolves when nothing of it is left.
 */
export function openBench(options: BenchOptions): Bench & AsyncDisposable {
  const closing = new AbortController();
  const signal = AbortSignal.any([options.signal, closing.signal]);
  const pending = new Set<Promise<unknown>>();
  const cpus = allowedCpus();
  const running = new Set<Program>();
  const guards = new Set<Disposable>();
  // No experiment may take more than half of the memory.
  const mostMb = options.memoryMb / 2;

  const track = async <T>(work: Promise<T>): Promise<T> => {
    pending.add(work);
    try {
      return await work;
    } finally {
      pending.delete(work);
    }
  };

  const argvOf = (file: string, { cpus: on, interpreter, flags = [] }: RunOptions): string[] => {
    const program = programOf(options.programs, file);
    const [runtime = "", ...rest] = program.argv;
    const list = on === undefined ? null : formatCpuList(on.map((at) => cpus[at] ?? cpus[0] ?? 0));
    return pinned([interpreter ?? runtime, ...flags, ...rest], list);
  };

  const follow = (program: Program, file: string): Started => {
    running.add(program);
    const guard = guardMemory(program.pid, mostMb, () => void program.kill());
    guards.add(guard);
    const stop = async (): Promise<void> => {
      guard[Symbol.dispose]();
      guards.delete(guard);
      await track(program.stop());
      running.delete(program);
    };
    return {
      pid: program.pid,
      port: program.port,
      send: program.send,
      result: async (withinMs = WITHIN_MS) => resultOf(file, await program.result(anyResult, withinMs)),
      memory: () => readFootprint(findMembers(program.pid), true),
      count: () => countTree(program.pid),
      stop,
      [Symbol.asyncDispose]: stop,
    };
  };

  const run: Bench["run"] = async (file, args = {}, with_ = {}) => {
    const program = programOf(options.programs, file);
    const ran = await track(
      runOnce({
        argv: [...argvOf(file, with_), JSON.stringify(args)],
        cwd: program.cwd,
        env: { ...process.env, ...with_.env },
        withinMs: with_.withinMs ?? WITHIN_MS,
        mostMb,
        stdin: with_.stdin,
        signal,
      }),
    );
    return outcomeOf(file, ran);
  };

  return {
    seed: options.seed,
    random: random(options.seed),
    quick: options.quick,
    cores: cpus.length,
    cpus,
    memoryMb: options.memoryMb,
    signal,
    has: (file) => options.programs.has(file),
    version: (file) => programOf(options.programs, file).version,
    run,
    async must(file, args, with_) {
      const outcome = await run(file, args, with_);
      if (outcome.end === "exit" && outcome.code === 0) return outcome;
      throw new ProgramFailure(`${file} failed${howItEnded(outcome)}`);
    },
    start: (file, args: Args = {}, with_ = {}) =>
      track(
        startProgram({
          argv: argvOf(file, with_),
          cwd: programOf(options.programs, file).cwd,
          workload: args,
          readyMs: with_.withinMs ?? READY_MS,
          env: with_.env,
          signal,
        }).then((program) => follow(program, file)),
      ),
    load: (load) => track(loadServer(load, options.seed, signal)),
    pythons: () => allPythons(process.env),
    sleep: (ms) => sleepUnless(ms, signal),
    async [Symbol.asyncDispose]() {
      const killAll = () => Promise.all([...running].map((program) => program.kill()));
      closing.abort(new Error("the run has ended"));
      // A program that was being stopped gently is killed; one that was starting is in `running` when its start settles.
      await Promise.all([killAll(), Promise.allSettled([...pending])]);
      await killAll();
      // A guard that outlived its program would watch whoever gets its pid next.
      for (const guard of guards) guard[Symbol.dispose]();
    },
  };
}

function programOf(programs: ReadonlyMap<string, StartableModel>, file: string): StartableModel {
  const program = programs.get(file);
  if (program !== undefined) return program;
  throw new Error(
    `this is a bug in a claim: ${file} is not in its list of programs, or its runtime is missing`,
  );
}

function sleepUnless(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
