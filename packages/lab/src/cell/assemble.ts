import type { Model } from "../model/schema.js";
import { ProgramFailure } from "../program/failure.js";
import type { Cell, CellRun, CellWorkload, LawCheck, Quantiles } from "../result/schema.js";
import { bootstrapInterval, union } from "../statistics/bootstrap.js";
import { LatencyHistogram } from "../statistics/histogram.js";
import { median } from "../statistics/median.js";
import { steadiness } from "../statistics/steady.js";
import type { MeasuredRun } from "./run.js";

/** A run with its place in the random order; `failure` when nothing could be measured. */
export interface PlacedRun {
  readonly round: number;
  readonly order: number;
  readonly run: MeasuredRun | null;
  readonly failure: string | null;
}

export interface CellSource {
  readonly name: string;
  readonly model: Pick<Model, "language">;
  readonly workload: CellWorkload;
  readonly placed: readonly PlacedRun[];
  readonly discarded: number;
  readonly seed: number;
}

/**
 * Runs of one model under one workload -> the cell. Figures are medians over runs, because one disturbed run of five
 * must not move them; intervals are bootstrapped with the run as unit. A void cell keeps its reason and its runs'
 * order, and no figure at all: a number that nobody vouches for gets quoted.
 */
export function assembleCell(source: CellSource): Cell {
  const trusted = trustedOf(source.placed);
  const runs = trusted.flatMap((placed) => placed.run ?? []);
  const reason = voidReason(trusted);
  const valid = reason === null ? runs : [];
  const cell: Cell = {
    model: source.name,
    language: source.model.language,
    workload: source.workload,
    loop: source.workload.kind === "serve" ? "open" : "burst",
    void: reason,
    runs: trusted.length,
    discarded: source.discarded + source.placed.length - trusted.length,
    errors: {
      connect: total(runs, (run) => run.errors.connect),
      response: total(runs, (run) => run.errors.response),
      timeout: total(runs, (run) => run.errors.timeout),
    },
    generator: worstGenerator(runs),
    laws: { little: worstLaw(runs, "little"), utilization: worstLaw(runs, "utilization") },
    ...figures(valid, source.seed),
    perRun: source.placed.flatMap(perRun),
  };
  return cell;
}

/**
 * Without the runs that the box or the generator spoiled, as long as half of all remain: those say nothing about the
 * model. A run that the server itself spoiled stays, and makes the cell void.
 */
function trustedOf(placed: readonly PlacedRun[]): readonly PlacedRun[] {
  const good = placed.filter(({ run }) => run === null || run.void === null || !run.disturbed);
  return good.length > 0 && good.length * 2 >= placed.length ? good : placed;
}

function voidReason(placed: readonly PlacedRun[]): string | null {
  const bad = placed.filter((one) => one.failure !== null || one.run?.void !== null);
  const [first] = bad;
  if (placed.length === 0) return "not measured";
  if (first === undefined) return null;
  const reason = first.failure ?? first.run?.void ?? "unknown";
  return bad.length === placed.length ? reason : `${reason} (${bad.length} of ${placed.length} runs)`;
}

type Figures = Pick<
  Cell,
  | "latencyMs"
  | "insideMs"
  | "throughputPerS"
  | "speedup"
  | "cpuMsPerTask"
  | "memoryMb"
  | "memoryPartsMb"
  | "switchesPerTask"
  | "eventLoop"
  | "interval"
  | "steady"
  | "histograms"
  | "curve"
>;

function figures(runs: readonly MeasuredRun[], seed: number): Figures {
  const merged = new LatencyHistogram();
  for (const run of runs) merged.add(run.latency);
  const perTask = (pick: (run: MeasuredRun) => number | null): number[] =>
    known(runs, (run) => {
      const value = pick(run);
      return value === null || run.tasks === 0 ? null : value / run.tasks;
    });
  const interval: Record<string, [number, number]> = {};
  const put: Put = (name, values, shown) => {
    if (values.length === 0) return null;
    const between = bootstrapInterval(values, { seed, statistic: median });
    interval[name] = shown === undefined ? between : union(between, [shown, shown]);
    return median(values);
  };
  const each = runs.map((run) => run.latency.quantiles());
  const baseline = put(
    "memoryBaselineMb",
    known(runs, (run) => run.memory?.baseline),
  );
  const plateau = put(
    "memoryPlateauMb",
    known(runs, (run) => run.memory?.plateau),
  );
  const peak = put(
    "memoryPeakMb",
    known(runs, (run) => run.memory?.peak),
  );
  const voluntary = put(
    "voluntaryPerTask",
    perTask((run) => run.switches?.voluntary ?? null),
  );
  const involuntary = put(
    "involuntaryPerTask",
    perTask((run) => run.switches?.involuntary ?? null),
  );
  const inside = runs.flatMap((run) => (run.inside === null ? [] : [run.inside.quantiles()]));
  return {
    latencyMs: quantilesOver(each, merged, put),
    insideMs: inside.length === 0 ? null : quantilesOver(inside, null, () => null),
    throughputPerS: put(
      "throughputPerS",
      known(runs, (run) => run.throughputPerS),
    ),
    speedup: put(
      "speedup",
      known(runs, (run) => run.speedup),
    ),
    cpuMsPerTask: put(
      "cpuMsPerTask",
      perTask((run) => run.cpuMs),
    ),
    memoryMb: baseline === null || plateau === null || peak === null ? null : { baseline, plateau, peak },
    memoryPartsMb: runs.find((run) => run.memory !== null)?.memory?.parts ?? null,
    switchesPerTask: voluntary === null || involuntary === null ? null : { voluntary, involuntary },
    eventLoop: runs.findLast((run) => run.eventLoop !== null)?.eventLoop ?? null,
    interval,
    steady: steadinessOf(runs),
    histograms: runs.map((run) => run.latency.encode()),
    curve: merged.count === 0 ? [] : merged.curve(),
  };
}

/** Notes the interval between runs and gives their median; `shown`: the figure beside it, where that is another. */
type Put = (name: string, values: readonly number[], shown?: number) => number | null;

function quantilesOver(
  each: readonly Quantiles[],
  merged: LatencyHistogram | null,
  put: Put,
): Quantiles | null {
  if (each.length === 0) return null;
  const over = (name: "p50" | "p90" | "p99" | "mean"): number => {
    const values = each.map((one) => one[name]);
    return put(name, values) ?? median(values);
  };
  // all runs together have samples enough for p99.9 long before one run has
  const p999 = merged?.quantiles().p999 ?? null;
  const own = each.flatMap((one) => (one.p999 === null ? [] : [one.p999]));
  if (own.length > 0 && p999 !== null) put("p999", own, p999);
  const maxima = each.map((one) => one.max);
  const max = Math.max(...maxima);
  put("max", maxima, max);
  return {
    p50: over("p50"),
    p90: over("p90"),
    p99: over("p99"),
    p999,
    max,
    mean: over("mean"),
  };
}

/** The label most runs share; no majority is no steady state. */
function steadinessOf(runs: readonly MeasuredRun[]): Cell["steady"] {
  const labels = runs.map((run) => steadiness(run.series));
  const [first] = labels;
  const common = labels.find((label) => labels.filter((other) => other === label).length * 2 > labels.length);
  return common ?? (first === undefined ? "unknown" : "no-steady-state");
}

function perRun(placed: PlacedRun): CellRun[] {
  const { run, round, order } = placed;
  if (run === null) return [];
  return [
    {
      round,
      order,
      latencyMs: run.latency.quantiles(),
      throughputPerS: run.throughputPerS,
      cpuMsPerTask: run.cpuMs === null || run.tasks === 0 ? null : run.cpuMs / run.tasks,
      peakMemoryMb: run.memory?.peak ?? null,
      stealShare: run.noise.stealShare,
      foreignShare: run.noise.foreignShare,
      void: run.void,
    },
  ];
}

function worstLaw(runs: readonly MeasuredRun[], law: "little" | "utilization"): Cell["laws"]["little"] {
  const checks = runs.flatMap((run) => run.laws[law] ?? []);
  return checks.reduce<Cell["laws"]["little"]>(
    (worst, check) => (worst === null || isWorse(check, worst) ? check : worst),
    null,
  );
}

/** A law that does not hold is worse than any that does: what chance explains is not in the residual. */
function isWorse(one: LawCheck, other: LawCheck): boolean {
  return one.holds === other.holds ? one.residual > other.residual : other.holds;
}

function worstGenerator(runs: readonly MeasuredRun[]): Cell["generator"] {
  const all = runs.flatMap((run) => run.generator ?? []);
  return all.reduce<Cell["generator"]>(
    (worst, one) => (worst === null || one.sendLagP99Ms > worst.sendLagP99Ms ? one : worst),
    null,
  );
}

function known(
  runs: readonly MeasuredRun[],
  pick: (run: MeasuredRun) => number | null | undefined,
): number[] {
  return runs.flatMap((run) => pick(run) ?? []);
}

function total(runs: readonly MeasuredRun[], pick: (run: MeasuredRun) => number): number {
  return runs.reduce((all, run) => all + pick(run), 0);
}

/** Why a run could not be measured, for its cell; anything that is not the program's fault is thrown on. */
export function failureText(error: unknown): string {
  if (error instanceof ProgramFailure) return error.message;
  throw error;
}
