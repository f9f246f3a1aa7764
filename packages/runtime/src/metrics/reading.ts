import type { FamilyRule } from "./families.js";
import type { SummarySample } from "./metric.js";

/** What one field of one `stats()` says: a number, or the sample of a histogram's snapshot. */
export type Reading = number | SummarySample;

/** Reads a rule's field; undefined where it is absent or no number, so that a primitive may leave fields out. */
export function readField(stats: object, rule: FamilyRule): Reading | undefined {
  let at: unknown = stats;
  for (const key of rule.field.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  if (rule.type === "summary") return summaryOf(at);
  if (typeof at === "bigint") return Number(at) * (rule.scale ?? 1);
  return typeof at === "number" ? at * (rule.scale ?? 1) : undefined;
}

function summaryOf(value: unknown): SummarySample | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { count, meanMs, p50Ms, p90Ms, p99Ms } = value as Record<string, unknown>;
  if (typeof count !== "number" || typeof meanMs !== "number") return undefined;
  const seconds = (ms: unknown) => (typeof ms === "number" && count > 0 ? ms / 1000 : Number.NaN);
  return {
    count,
    sum: (count * meanMs) / 1000,
    quantiles: [
      [0.5, seconds(p50Ms)],
      [0.9, seconds(p90Ms)],
      [0.99, seconds(p99Ms)],
    ],
  };
}

/** Two sources under one name. Quantiles cannot be added: the worse one stands, which never hides a slow source. */
export function mergeReadings(rule: FamilyRule, a: Reading | undefined, b: Reading): Reading {
  if (a === undefined) return b;
  if (typeof a === "number" || typeof b === "number") {
    if (typeof a !== typeof b) return b;
    return rule.merge === "max" ? Math.max(Number(a), Number(b)) : Number(a) + Number(b);
  }
  if (rule.merge === "max") return a.count >= b.count ? a : b;
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    quantiles: a.quantiles.map(([q, value], i) => [q, larger(value, b.quantiles[i]?.[1])]),
  };
}

function larger(a: number, b: number | undefined): number {
  if (b === undefined || Number.isNaN(b)) return a;
  return Number.isNaN(a) ? b : Math.max(a, b);
}

/** What outlives its source: a counter that went down when a pool closed would look like a restart. */
export function outlives(rule: FamilyRule): boolean {
  return rule.type !== "gauge" && rule.merge !== "max";
}

/** The part of a reading that stays when its source is gone: what was counted, without its quantiles. */
export function retired(reading: Reading): Reading {
  if (typeof reading === "number") return reading;
  return { ...reading, quantiles: reading.quantiles.map(([q]) => [q, Number.NaN]) };
}
