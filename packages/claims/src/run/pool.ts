import { median } from "@heddle/lab";
import type { Numbers } from "../claim/claim.js";

/**
 * What all runs say together: the median of each number, element by element for sweeps; for text the most frequent.
 * A number that half of the runs or more did not give is null, and a sweep whose runs differ in length is that of the first.
 */
export function poolNumbers(runs: readonly Numbers[]): Numbers {
  const names = new Set(runs.flatMap((run) => Object.keys(run)));
  return Object.fromEntries([...names].map((name) => [name, pooled(runs.map((run) => run[name] ?? null))]));
}

function pooled(values: readonly Numbers[string][]): Numbers[string] {
  const present = values.filter((value) => value !== null);
  const [first] = present;
  if (first === undefined || present.length * 2 <= values.length) return null;
  if (typeof first === "string") return mostFrequent(present.filter((value) => typeof value === "string"));
  if (typeof first === "number") return median(present.filter((value) => typeof value === "number"));
  const lists = present.filter((value): value is readonly number[] => Array.isArray(value));
  if (lists.some((list) => list.length !== first.length)) return first;
  return first.map((_, at) => median(lists.map((list) => list[at] ?? Number.NaN)));
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? "";
}
