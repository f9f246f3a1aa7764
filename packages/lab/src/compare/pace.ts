import type { CellWorkload } from "../result/schema.js";

/** Guesses the time left from what runs of the same kind took so far; before the first, from the workload itself. */
export class Pace {
  readonly #spent = new Map<string, { ms: number; runs: number }>();
  readonly #ahead: { workload: CellWorkload; runs: number }[] = [];

  expect(workload: CellWorkload, runs: number): void {
    this.#ahead.push({ workload, runs });
  }

  ran(workload: CellWorkload, ms: number): void {
    const spent = this.#spent.get(workload.kind) ?? { ms: 0, runs: 0 };
    this.#spent.set(workload.kind, { ms: spent.ms + ms, runs: spent.runs + 1 });
    const ahead = this.#ahead.find((one) => one.workload === workload);
    if (ahead !== undefined) ahead.runs = Math.max(0, ahead.runs - 1);
  }

  leftS(warmupS: number): number {
    const each = ({ workload, runs }: { workload: CellWorkload; runs: number }): number => {
      const spent = this.#spent.get(workload.kind);
      const ms = spent === undefined ? guessMs(workload, warmupS) : spent.ms / spent.runs;
      return ms * runs;
    };
    return this.#ahead.reduce((all, one) => all + each(one), 0) / 1_000;
  }
}

function guessMs(workload: CellWorkload, warmupS: number): number {
  return workload.kind === "serve" ? (warmupS + workload.durationS + 1.5) * 1_000 : 2_000;
}
