import { performance } from "node:perf_hooks";
import { assembleCell } from "../cell/assemble.js";
import { summarize } from "../decision/byLanguage.js";
import { choose } from "../decision/choose.js";
import { judgeNoise, type NoisePair } from "../decision/noise.js";
import { decideOverall } from "../decision/overall.js";
import { byRound, paired } from "../decision/runs.js";
import type { Cell, CellWorkload, CompareResult, Machine, ModelEntry, Notice } from "../result/schema.js";
import { COMPARE_SCHEMA } from "../result/schema.js";
import { VERSION } from "../version.js";
import type { ComparePlan } from "./plan.js";
import type { EntryRuns } from "./rounds.js";

export interface LedgerFacts {
  readonly plan: ComparePlan;
  /** null for a first look, whose result nobody asks for. */
  readonly machine: Machine | null;
  readonly notices: readonly Notice[];
  readonly models: readonly ModelEntry[];
  readonly startedAt: number;
}

/** Collects cells as they are measured; at any moment it can give the whole result so far, decisions included. */
export class Ledger {
  readonly #facts: LedgerFacts;
  readonly #cells: Cell[] = [];
  readonly #noise: CompareResult["noise"] = [];

  constructor(facts: LedgerFacts) {
    this.#facts = facts;
  }

  /** Adds what was measured under one workload; the A/A twin goes to the noise, not to the cells. */
  add(workload: CellWorkload, runs: readonly EntryRuns[]): Cell[] {
    const all = runs
      .filter(({ placed }) => placed.length > 0)
      .map(({ entry, placed, discarded }) => ({
        entry,
        cell: assembleCell({
          name: entry.name,
          model: { language: entry.language },
          workload,
          placed,
          discarded,
          seed: this.#facts.plan.seed,
        }),
      }));
    const twin = all.find(({ entry }) => entry.twinOf !== null);
    const first = all.find(({ entry }) => entry.name === twin?.entry.twinOf);
    if (twin !== undefined && first !== undefined) {
      this.#noise.push(...judgeNoise([pairOf(first.cell, twin.cell)]));
    }
    const cells = all.filter(({ entry }) => entry.twinOf === null).map(({ cell }) => cell);
    cells.sort((a, b) => (a.model < b.model ? -1 : 1));
    this.#cells.push(...cells);
    return cells;
  }

  result(partial: string | null): CompareResult {
    const { plan, machine, notices, models, startedAt } = this.#facts;
    if (machine === null) throw new Error("this is a bug in Heddle: a first look has no result");
    const groups = groupByWorkload(this.#cells);
    const choices = groups.map((cells) => {
      const noise = this.#noise.find((entry) => entry.workload === cells[0]?.workload);
      return choose(cells, plan.requirement, noise);
    });
    return {
      schema: COMPARE_SCHEMA,
      heddle: VERSION,
      createdAt: new Date().toISOString(),
      tookS: Math.round((performance.now() - startedAt) / 100) / 10,
      seed: plan.seed,
      preset: plan.preset,
      runsPlanned: plan.runs,
      placement:
        plan.placement === "pinned"
          ? "pinned: server on the first core, generator on the second"
          : "shared: server and generator on all cores, the generator preferred by the scheduler",
      partial,
      machine,
      preflight: [...notices],
      noise: [...this.#noise],
      models: [...models],
      cells: [...this.#cells],
      sweep: plan.sweepCpuMs === null ? null : { parameter: "cpuMs", values: [...plan.sweepCpuMs] },
      requirement: plan.requirement,
      choices,
      summary: summarize(this.#cells, plan.requirement),
      decision: decideOverall(choices, this.#cells, plan.requirement),
    };
  }
}

/** The runs of the A/A pair, by round: a run left out of one must not shift the other's. None when one is void. */
function pairOf(one: Cell, again: Cell): NoisePair {
  const isVoid = one.void !== null || again.void !== null;
  const lists = (of: "p50" | "p99"): ReturnType<typeof paired> =>
    isVoid
      ? [[], []]
      : paired(
          byRound(one, (run) => run.latencyMs[of]),
          byRound(again, (run) => run.latencyMs[of]),
        );
  const [[p50, p50Again], [p99, p99Again]] = [lists("p50"), lists("p99")];
  const { model, workload } = one;
  return { workload, model, a: { p50, p99 }, b: { p50: p50Again, p99: p99Again } };
}

/** Cells of one workload share the very object, see Ledger.add. */
function groupByWorkload(cells: readonly Cell[]): Cell[][] {
  const groups = new Map<CellWorkload, Cell[]>();
  for (const cell of cells) {
    const group = groups.get(cell.workload);
    if (group === undefined) groups.set(cell.workload, [cell]);
    else group.push(cell);
  }
  return [...groups.values()];
}
