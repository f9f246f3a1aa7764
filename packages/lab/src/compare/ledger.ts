import { performance } from "node:perf_hooks";
import { assembleCell } from "../cell/assemble.js";
import { summarize } from "../decision/byLanguage.js";
import { choose } from "../decision/choose.js";
import { judgeNoise } from "../decision/noise.js";
import { decideOverall } from "../decision/overall.js";
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
      const pair = { workload, model: first.cell.model, a: membersOf(first.cell), b: membersOf(twin.cell) };
      this.#noise.push(...judgeNoise([pair]));
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

/** Figures of every run of one member of the A/A pair; none when it is void. */
function membersOf(cell: Cell): { p50: number[]; p99: number[] } {
  const runs = cell.void === null ? cell.perRun.filter((run) => run.void === null) : [];
  return { p50: runs.map((run) => run.latencyMs.p50), p99: runs.map((run) => run.latencyMs.p99) };
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
