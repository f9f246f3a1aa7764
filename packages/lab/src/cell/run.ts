import type { MemoryFigures } from "../probe/memory.js";
import type { LoopFigures } from "../program/answer.js";
import type { CellWorkload, GeneratorFigures, LawCheck } from "../result/schema.js";
import type { LatencyHistogram } from "../statistics/histogram.js";

/** What every run needs to know beyond its model and workload. */
export interface RunContext {
  readonly cores: number;
  readonly signal: AbortSignal | undefined;
  /** How long a program may take to get ready. */
  readonly readyMs: number;
  /** Times the work of one run is repeated after the first, unmeasured time (wait, hash). */
  readonly iterations: number;
  /** serve: seconds of load before the measured window. */
  readonly warmupS: number;
  readonly placement: "shared" | "pinned";
  /** Rounds of the kernel that take 1 ms in a language. */
  readonly roundsPerMs: ReadonlyMap<string, number>;
  readonly seed: number;
}

/** Memory of the whole process tree in MiB: pages held, kernel stacks and page tables. */
export interface RunMemory {
  readonly baseline: number;
  readonly plateau: number;
  readonly peak: number;
  readonly parts: MemoryFigures["parts"];
}

/** One fresh process, measured. */
export interface MeasuredRun {
  readonly latency: LatencyHistogram;
  readonly inside: LatencyHistogram | null;
  readonly tasks: number;
  readonly throughputPerS: number;
  readonly cpuMs: number | null;
  readonly switches: { readonly voluntary: number; readonly involuntary: number } | null;
  readonly memory: RunMemory | null;
  readonly eventLoop: LoopFigures | null;
  readonly speedup: number | null;
  readonly generator: GeneratorFigures | null;
  readonly errors: { readonly connect: number; readonly response: number; readonly timeout: number };
  /** Medians over time (seconds or iterations), for the warm-up test. */
  readonly series: readonly number[];
  readonly laws: { readonly little: LawCheck | null; readonly utilization: LawCheck | null };
  readonly noise: { readonly stealShare: number | null; readonly foreignShare: number | null };
  readonly void: string | null;
  /** True when the box or the generator, not the model, is to blame: worth repeating. */
  readonly disturbed: boolean;
}

export const NO_ERRORS = { connect: 0, response: 0, timeout: 0 } as const;

/** The workload as the program sees it. */
export function programWorkload(
  workload: CellWorkload,
  context: RunContext,
  pool: number | undefined,
): Record<string, unknown> {
  const { cores } = context;
  switch (workload.kind) {
    case "wait":
      return { ...workload, cores, pool: pool ?? 50 };
    case "hash":
      return { ...workload, cores, pool: cores };
    case "serve":
      return {
        kind: "serve",
        host: "127.0.0.1",
        port: 0,
        ioMs: workload.ioMs,
        cpuMs: workload.cpuMs,
        cores,
        pool: pool ?? 50,
      };
  }
}
