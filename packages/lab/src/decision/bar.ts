import type { Cell } from "../result/schema.js";
import { figure } from "../statistics/figure.js";

/** What the user asks of every model. */
export interface Requirement {
  readonly p99Ms: number | null;
  /** Peak MiB of the whole process tree. */
  readonly memoryMb: number | null;
}

export const NO_REQUIREMENT: Requirement = { p99Ms: null, memoryMb: null };

/** What a cell must meet, and how to say it. */
export interface Bar {
  readonly p99Ms: number;
  readonly memoryMb: number | null;
  /** `<= 50 ms`, or where the limit comes from. */
  readonly words: string;
  /** True when the user named the limit. */
  readonly asked: boolean;
}

/** Without `--p99`: this many times the best p99, or one millisecond more than it, which timers alone can make. */
const TIMES_BEST = 2;
const GRACE_MS = 1;

/**
 * The bar for one workload. When the user names no p99, a default applies: within twice the best p99 among the cells
 * that meet the memory limit. Without it a pool that lets tasks queue for twenty times their work would win, since
 * waiting in a queue costs no CPU.
 */
export function barFor(cells: readonly Cell[], requirement: Requirement): Bar {
  const { p99Ms, memoryMb } = requirement;
  if (p99Ms !== null) return { p99Ms, memoryMb, words: `<= ${figure(p99Ms)} ms`, asked: true };
  const measured = cells.filter((cell) => isMeasured(cell) && memoryMisses(cell, memoryMb) === null);
  const best = Math.min(...measured.map((cell) => cell.latencyMs?.p99 ?? Number.POSITIVE_INFINITY));
  const limit = Math.max(TIMES_BEST * best, best + GRACE_MS);
  if (!Number.isFinite(limit))
    return { p99Ms: limit, memoryMb, words: "(no p99 was asked for)", asked: false };
  const words = `<= ${figure(limit)} ms (twice the best p99, as none was asked for)`;
  return { p99Ms: limit, memoryMb, words, asked: false };
}

export function isMeasured(cell: Cell): boolean {
  return cell.void === null && cell.latencyMs !== null;
}

/** How a measured cell misses the bar: in words, and by what factor at worst. Null: it meets it. */
export interface Miss {
  readonly words: string;
  readonly factor: number;
}

export function missOf(cell: Cell, bar: Bar): Miss | null {
  const p99 = cell.latencyMs?.p99 ?? Number.POSITIVE_INFINITY;
  const memory = memoryMisses(cell, bar.memoryMb);
  if (p99 <= bar.p99Ms) return memory;
  const latency = { words: `p99 ${figure(p99)} ms, not ${bar.words}`, factor: p99 / bar.p99Ms };
  if (memory === null) return latency;
  return {
    words: `${latency.words}, and ${memory.words}`,
    factor: Math.max(latency.factor, memory.factor),
  };
}

/**
 * Where the p99 of a cell may lie on both sides of the limit, the answer could have been the other one: say so. Not of
 * the default bar: that is a convention, and nobody asked on which side of it a model lies.
 */
export function straddle(cell: Cell, bar: Bar): string | null {
  const interval = cell.interval["p99"];
  if (interval === undefined || !bar.asked) return null;
  const [low, high] = interval;
  if (!(low <= bar.p99Ms && bar.p99Ms < high)) return null;
  return `its p99 lies between ${figure(low)} and ${figure(high)} ms with 95 % confidence (${cell.runs} runs), so the limit of ${figure(bar.p99Ms)} ms could go either way`;
}

function memoryMisses(cell: Cell, limit: number | null): Miss | null {
  if (limit === null) return null;
  const peak = cell.memoryMb?.peak;
  if (peak === undefined) return { words: "memory was not measured", factor: Number.POSITIVE_INFINITY };
  if (peak <= limit) return null;
  return { words: `peak memory ${figure(peak)} MiB, not <= ${figure(limit)} MiB`, factor: peak / limit };
}
