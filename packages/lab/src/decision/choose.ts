import type { Cell, Choice, CompareResult } from "../result/schema.js";
import { figure, ratioText } from "../statistics/figure.js";
import { type Bar, barFor, isMeasured, missOf, type Requirement, straddle } from "./bar.js";
import { type Contender, contenderOf, middle } from "./contender.js";
import { type Ranking, rank } from "./rank.js";

export type NoiseEntry = CompareResult["noise"][number];

/**
 * The choice for one workload: among the cells that are not void and meet p99 and peak memory (or the default bar, see
 * `barFor`), the cheapest by CPU per task, ties broken by peak memory, then p99. `noise` is the A/A pair of this
 * workload: when the box was not quiet, `why` says so.
 * Nobody qualifies: `model` is null and `why` says who came nearest and what it missed.
 * @throws RangeError for no cells.
 */
export function choose(cells: readonly Cell[], requirement: Requirement, noise?: NoiseEntry): Choice {
  const [first] = cells;
  if (first === undefined) throw new RangeError("a choice among no cells");
  const { workload } = first;
  const measured = cells.filter(isMeasured);
  const bar = barFor(measured, requirement);
  const qualified = measured.filter((cell) => missOf(cell, bar) === null);
  const ranking = rank(qualified.map(contenderOf), measured.map(contenderOf));
  if (ranking === null) {
    const why = measured.length === 0 ? allVoid(cells) : nearest(measured, bar);
    return { workload, model: null, runnerUp: null, why, ties: [] };
  }
  const winner = qualified.find((cell) => cell.model === ranking.winner.model);
  const doubts = [winner === undefined ? null : straddle(winner, bar), loud(noise)];
  return {
    workload,
    model: ranking.winner.model,
    runnerUp: ranking.runnerUp?.model ?? null,
    why: sentence(ranking, bar, workload.kind === "serve" ? "request" : "task", doubts),
    ties: [...ranking.ties],
  };
}

function sentence(ranking: Ranking, bar: Bar, unit: string, doubts: readonly (string | null)[]): string {
  const { winner, runnerUp } = ranking;
  const at = `at p99 ${figure(winner.p99Ms)} ms ${bar.words}${memoryWords(winner, bar)}`;
  const text = runnerUp === null ? alone(winner, unit) : against(ranking, runnerUp, unit);
  return [`${text} ${at}`, ...doubts.filter((doubt) => doubt !== null)].join("; ");
}

function alone(winner: Contender, unit: string): string {
  const cpu = middle(winner.cpu);
  const uses = cpu === null ? "" : `, with ${figure(cpu)} ms CPU per ${unit},`;
  return `${winner.model} is the only one that qualifies${uses}`;
}

function against({ winner, apart: cpu, by }: Ranking, other: Contender, unit: string): string {
  if (cpu === null) {
    const whose =
      winner.cpu.size === 0 ? "CPU was not measured" : `the CPU of ${other.model} was not measured`;
    return `${winner.model} comes before ${other.model} (${whose})`;
  }
  const ratio = cpu.runs < 2 ? `${figure(cpu.ratio)}x in a single run` : ratioText(cpu.ratio, cpu.interval);
  const [mine, theirs] = [figure(middle(winner.cpu) ?? 0), figure(middle(other.cpu) ?? 0)];
  if (by === "cpu") {
    return `${winner.model} uses ${mine} ms CPU per ${unit} against ${theirs} of ${other.model} (${ratio})`;
  }
  const tie = `${winner.model} and ${other.model} cannot be told apart by CPU (${mine} and ${theirs} ms per ${unit}, ${ratio})`;
  if (by === "p99") return `${tie} or by memory; ${winner.model} has the lower p99,`;
  const [small, large] = [middle(winner.memory), middle(other.memory)];
  return `${tie}; ${winner.model} peaks at ${figure(small ?? 0)} MiB against ${figure(large ?? 0)},`;
}

function memoryWords(winner: Contender, bar: Bar): string {
  const memory = middle(winner.memory);
  return bar.memoryMb === null || memory === null
    ? ""
    : ` and ${figure(memory)} MiB <= ${figure(bar.memoryMb)} MiB`;
}

function nearest(measured: readonly Cell[], bar: Bar): string {
  const misses = measured.map((cell) => ({ cell, miss: missOf(cell, bar) }));
  misses.sort((a, b) => (a.miss?.factor ?? 0) - (b.miss?.factor ?? 0));
  const [best] = misses;
  const count = measured.length === 1 ? "the one model" : `none of the ${measured.length} models`;
  const meets = measured.length === 1 ? "does not meet the requirement" : "meets the requirement";
  return `${count} that could be measured ${meets}; nearest is ${best?.cell.model}: ${best?.miss?.words}`;
}

function allVoid(cells: readonly Cell[]): string {
  const [first] = cells;
  return `every cell is void, so there is nothing to choose from; ${first?.model}: ${first?.void ?? "no latency was measured"}`;
}

function loud(noise: NoiseEntry | undefined): string | null {
  if (noise === undefined || noise.quiet) return null;
  const { value, interval } = noise.p99Ratio;
  // With two runs the interval spans orders of magnitude: it is in the table, and would only puzzle in a sentence.
  const apart = interval[1] > 10 * interval[0] ? `${figure(value)}x` : ratioText(value, interval);
  return `the box was noisy: ${noise.model} measured against itself differs in p99 by ${apart}`;
}
