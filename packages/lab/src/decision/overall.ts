import type { Cell, CellWorkload, Choice, CompareResult } from "../result/schema.js";
import { figure, ratioText } from "../statistics/figure.js";
import { geometricMean } from "../statistics/median.js";
import { barFor, isMeasured, missOf, type Requirement } from "./bar.js";
import { type Contender, contenderOf, middle } from "./contender.js";
import { rank } from "./rank.js";

type Decision = CompareResult["decision"];

/** Equal workloads have equal keys, whatever the order of their fields. */
export function workloadKey(workload: CellWorkload): string {
  return JSON.stringify(Object.entries(workload).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The one model over all workloads: measured and meeting the requirement on every one of them, with the lowest
 * geometric mean of its CPU over that of each workload's own winner (geometric, because these are ratios: twice as
 * much here and half as much there is even). Ties as in `rank`, memory being the largest peak and p99 the largest
 * ratio to the workload's best. Null, with who fails where, when no model qualifies everywhere.
 */
export function decideOverall(
  choices: readonly Choice[],
  cells: readonly Cell[],
  requirement: Requirement,
): Decision {
  const [only] = choices;
  if (only === undefined) return { model: null, why: "nothing was measured" };
  if (choices.length === 1) return { model: only.model, why: only.why };
  const lost = choices.find((choice) => choice.model === null);
  if (lost !== undefined) return { model: null, why: `on ${describe(lost.workload)} ${lost.why}` };

  const fields = choices.map((choice) => fieldOf(choice, cells, requirement));
  const names = [...new Set(cells.map((cell) => cell.model))];
  const everywhere = names.flatMap((name) => overAll(name, fields));
  const ranking = rank(everywhere);
  if (ranking === null) return { model: null, why: nobody(names, fields) };
  const { winner, runnerUp, apart: cpu } = ranking;
  const base = `${winner.model} meets the requirement on all ${choices.length} workloads with ${figure(middle(winner.cpu) ?? 0)}x the CPU of each workload's cheapest (geometric mean)`;
  if (runnerUp === null) return { model: winner.model, why: `${base}; no other model does on all of them` };
  const apart =
    cpu === null
      ? ""
      : ` (${cpu.runs < 2 ? `${figure(cpu.ratio)}x in a single run` : ratioText(cpu.ratio, cpu.interval)})`;
  const next = `${runnerUp.model} with ${figure(middle(runnerUp.cpu) ?? 0)}x${apart}`;
  const tie = ranking.by === "cpu" ? `; next is ${next}` : `; ${next} ties, ${words(ranking.by)} decided`;
  return { model: winner.model, why: `${base}${tie}` };
}

/** One workload: who meets its bar, and by how much CPU the winner did. */
interface Field {
  readonly workload: CellWorkload;
  readonly qualified: ReadonlyMap<string, Contender>;
  readonly winnerCpu: number | null;
  readonly bestP99Ms: number;
}

function fieldOf(choice: Choice, cells: readonly Cell[], requirement: Requirement): Field {
  const key = workloadKey(choice.workload);
  const measured = cells.filter((cell) => workloadKey(cell.workload) === key && isMeasured(cell));
  const bar = barFor(measured, requirement);
  const contenders = measured.filter((cell) => missOf(cell, bar) === null).map(contenderOf);
  const winner = contenders.find((contender) => contender.model === choice.model);
  return {
    workload: choice.workload,
    qualified: new Map(contenders.map((contender) => [contender.model, contender])),
    winnerCpu: winner === undefined ? null : middle(winner.cpu),
    bestP99Ms: Math.min(...contenders.map((contender) => contender.p99Ms)),
  };
}

/** A model as one contender over all workloads; empty when it does not qualify on each. */
function overAll(model: string, fields: readonly Field[]): Contender[] {
  const each = fields.map((field) => field.qualified.get(model));
  if (!each.every((contender) => contender !== undefined)) return [];
  const rounds = [...(each[0]?.cpu.keys() ?? [])].filter((round) => each.every(({ cpu }) => cpu.has(round)));
  const ratiosOf = (round: number) =>
    fields.map((field, at) => safeRatio(each[at]?.cpu.get(round) ?? 0, field.winnerCpu));
  const cpu = new Map(rounds.map((round) => [round, geometricMean(ratiosOf(round))]));
  const peaks = each.map((contender) => middle(contender.memory));
  const peak = peaks.every((value) => value !== null) ? Math.max(...peaks) : null;
  const p99Ms = Math.max(
    ...each.map((contender, at) => safeRatio(contender.p99Ms, fields[at]?.bestP99Ms ?? null)),
  );
  return [{ model, cpu, memory: peak === null ? new Map() : new Map([[1, peak]]), p99Ms }];
}

/** A clock too coarse to see any CPU gives 0; against another 0 that is even. */
function safeRatio(value: number, base: number | null): number {
  if (base === null || base === 0) return value === 0 || base === null ? 1 : 1e6;
  return Math.max(value / base, 1e-6);
}

function nobody(names: readonly string[], fields: readonly Field[]): string {
  const counted = names.map((name) => ({
    name,
    missing: fields.filter((field) => !field.qualified.has(name)),
  }));
  counted.sort((a, b) => a.missing.length - b.missing.length);
  const [best] = counted;
  const where = best?.missing.slice(0, 3).map((field) => describe(field.workload));
  return `no model meets the requirement on all ${fields.length} workloads; nearest is ${best?.name}, which fails or was not measured on ${where?.join(", ")}`;
}

function words(by: "memory" | "p99" | "alone"): string {
  return by === "memory" ? "peak memory" : "p99";
}

function describe(workload: CellWorkload): string {
  if (workload.kind === "wait")
    return `wait (${figure(workload.tasks)} tasks of ${figure(workload.waitMs)} ms)`;
  if (workload.kind === "hash") return `hash (${figure(workload.tasks)} tasks)`;
  const { ioMs, cpuMs, rate, connections } = workload;
  return `serve (${figure(connections)} connections, ${figure(rate)}/s, io ${figure(ioMs)} ms, cpu ${figure(cpuMs)} ms)`;
}
