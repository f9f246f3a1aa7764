import { FAMILIES, type FamilyRule, processMetrics, type SourceKind } from "./families.js";
import { Histogram } from "./histogram.js";
import type { Labels, Metric, SummarySample, ValueSample } from "./metric.js";
import { mergeReadings, outlives, type Reading, readField, retired } from "./reading.js";
import { type Registration, type StatsSource, setMetering } from "./sources.js";

export type { Registration, StatsSource };

/** Names per kind that get a series of their own; the rest share OVERFLOW_NAME. Names come from users: they are bounded. */
export const MAX_NAMES = 256;
export const OVERFLOW_NAME = "_other";

interface Source {
  /** Undefined once what was registered is collected as garbage. */
  read(): object | undefined;
  last: object | undefined;
}

/** All that was registered under one name of one kind, and the counters of those that are gone. */
interface Slot {
  readonly sources: Set<Source>;
  readonly gone: Map<FamilyRule, Reading>;
}

const slots: { readonly [Kind in SourceKind]: Map<string, Slot> } = {
  pool: new Map(),
  group: new Map(),
  channel: new Map(),
  lock: new Map(),
  loop: new Map(),
};
const collectors = new Set<() => readonly Metric[]>();
let problems = 0;

setMetering({ register, histogram: () => new Histogram() });

/**
 * Lets the metrics read a primitive: `register("pool", "cpu", this)`. The object is held weakly, so that registering
 * a lock that nobody closes does not keep it alive; a function `() => stats` is held until `unregister()`.
 * `stats()` is called once per collection and once at `unregister()`. What it counted stays in the totals of that name.
 * Sources of one name are added up. Costs one set entry; meant for what lives long or has a name.
 */
export function register(kind: SourceKind, name: string, source: StatsSource | (() => object)): Registration {
  const slot = slotOf(kind, name);
  const entry = sourceOf(source);
  slot.sources.add(entry);
  return registration(() => {
    if (!slot.sources.has(entry)) return;
    refresh(entry);
    retire(kind, slot, entry);
  });
}

/**
 * Adds families of the user's own to `prometheus()` and to OpenTelemetry. `collect` is called at each collection; if it
 * throws, its families are missing from that one and `heddle_metrics_errors_total` counts it.
 */
export function collector(collect: () => readonly Metric[]): Registration {
  // Wrapped, so that one function given twice is two registrations, each ended by its own.
  const own = () => collect();
  collectors.add(own);
  return registration(() => collectors.delete(own));
}

function registration(unregister: () => void): Registration {
  return { unregister, [Symbol.dispose]: unregister };
}

function sourceOf(source: StatsSource | (() => object)): Source {
  if (typeof source === "function") return { read: source, last: undefined };
  const weak = new WeakRef(source);
  return { read: () => weak.deref()?.stats(), last: undefined };
}

function slotOf(kind: SourceKind, name: string): Slot {
  const names = slots[kind];
  const key = names.has(name) || names.size < MAX_NAMES ? name : OVERFLOW_NAME;
  const slot = names.get(key) ?? { sources: new Set(), gone: new Map() };
  names.set(key, slot);
  return slot;
}

/** True while the source is there. One that throws keeps its last figures: a counter must not vanish for a moment. */
function refresh(source: Source): boolean {
  try {
    const stats = source.read();
    if (stats === undefined) return false;
    source.last = stats;
  } catch {
    problems++;
  }
  return true;
}

function retire(kind: SourceKind, slot: Slot, source: Source): void {
  slot.sources.delete(source);
  if (source.last === undefined) return;
  for (const rule of FAMILIES[kind].filter(outlives)) {
    const reading = readField(source.last, rule);
    if (reading !== undefined)
      slot.gone.set(rule, mergeReadings(rule, slot.gone.get(rule), retired(reading)));
  }
}

/** All families as of now, in no particular order; the same family may come more than once, from different collectors. */
export function collect(): Metric[] {
  const families = Object.entries(slots).flatMap(([kind, names]) => collectKind(kind as SourceKind, names));
  families.push(...processMetrics());
  for (const own of collectors) {
    try {
      families.push(...own());
    } catch {
      problems++;
    }
  }
  families.push({
    type: "counter",
    name: "heddle_metrics_errors_total",
    help: "Sources and collectors that threw, and samples that could not be written.",
    samples: [{ value: problems }],
  });
  return families;
}

/** Counts what a writer had to leave out; it shows from the next collection on. */
export function countProblems(count: number): void {
  problems += count;
}

function collectKind(kind: SourceKind, names: Map<string, Slot>): Metric[] {
  const values = new Map<string, ValueSample[]>();
  const summaries = new Map<string, SummarySample[]>();
  for (const [name, slot] of names) {
    for (const source of [...slot.sources]) if (!refresh(source)) retire(kind, slot, source);
    for (const rule of FAMILIES[kind]) {
      const reading = readSlot(slot, rule);
      if (reading === undefined) continue;
      const labels = labelsOf(kind, name, rule);
      if (typeof reading === "number") append(values, rule.name, { labels, value: reading });
      else append(summaries, rule.name, { labels, ...reading });
    }
  }
  return uniqueFamilies(kind).flatMap(({ name, help, type }): Metric[] => {
    if (type === "summary")
      return some(summaries.get(name)).map((samples) => ({ name, help, type, samples }));
    return some(values.get(name)).map((samples) => ({ name, help, type, samples }));
  });
}

function readSlot(slot: Slot, rule: FamilyRule): Reading | undefined {
  let reading = slot.gone.get(rule);
  for (const { last } of slot.sources) {
    const next = last === undefined ? undefined : readField(last, rule);
    if (next !== undefined) reading = mergeReadings(rule, reading, next);
  }
  return reading;
}

function labelsOf(kind: SourceKind, name: string, rule: FamilyRule): Labels {
  return rule.label === undefined ? { [kind]: name } : { [kind]: name, [rule.label[0]]: rule.label[1] };
}

function uniqueFamilies(kind: SourceKind): FamilyRule[] {
  return [...new Map(FAMILIES[kind].map((rule) => [rule.name, rule])).values()];
}

function append<Sample>(to: Map<string, Sample[]>, name: string, sample: Sample): void {
  const list = to.get(name);
  if (list === undefined) to.set(name, [sample]);
  else list.push(sample);
}

function some<Value>(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}
