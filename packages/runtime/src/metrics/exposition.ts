import { escapeHelp, labelText, number, oneLine, order } from "./escape.js";
import type { Metric } from "./metric.js";

/** Samples of one family that are written; the rest is counted in `heddle_metrics_errors_total`. */
const MAX_SAMPLES = 2_000;

/**
 * Families in the text format: Prometheus, "Exposition formats", text-based format 0.0.4. What cannot be written is left
 * out and named in `faults`; the first few also in comments at the end of the text.
 */
export function exposition(metrics: readonly Metric[]): { text: string; faults: readonly string[] } {
  const faults: string[] = [];
  const families = new Map<string, Family>();
  for (const metric of metrics) {
    try {
      addTo(families, metric, faults);
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  const taken = new Set<string>();
  const blocks = [...families.values()]
    .sort((a, b) => order(a.name, b.name))
    .flatMap((family) => {
      const names = sampleNames(family);
      const clash = names.find((name) => taken.has(name));
      if (clash !== undefined) {
        faults.push(`${family.name} is left out: another family already writes ${clash}`);
        return [];
      }
      for (const name of names) taken.add(name);
      return [blockOf(family)];
    });
  const comments = faults.slice(0, 20).map((fault) => `# heddle: ${oneLine(fault)}\n`);
  return { text: [...blocks, ...comments].join(""), faults };
}

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: Metric["type"];
  /** Lines by label text: the key is what makes a sample unique. */
  readonly samples: Map<string, readonly string[]>;
}

function addTo(families: Map<string, Family>, metric: Metric, faults: string[]): void {
  const name =
    metric.type === "counter" && !metric.name.endsWith("_total") ? `${metric.name}_total` : metric.name;
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) throw new Error(`${JSON.stringify(name)} is no metric name`);
  const family = families.get(name) ?? { name, help: metric.help, type: metric.type, samples: new Map() };
  if (family.type !== metric.type) {
    throw new Error(`${name} is given as ${family.type} and as ${metric.type}: the second is left out`);
  }
  const lines = linesOf(name, metric);
  let dropped = 0;
  for (const [labels, text] of lines) {
    if (family.samples.has(labels)) faults.push(`${name}{${labels}} is given twice: the second is left out`);
    else if (family.samples.size >= MAX_SAMPLES) dropped++;
    else family.samples.set(labels, text);
  }
  if (dropped > 0) faults.push(`${name} has more than ${MAX_SAMPLES} samples: ${dropped} are left out`);
  if (family.samples.size > 0) families.set(name, family);
}

function linesOf(name: string, metric: Metric): (readonly [labels: string, lines: string[]])[] {
  switch (metric.type) {
    case "counter":
    case "gauge":
      return metric.samples.map((sample) => {
        const labels = labelText(sample.labels);
        return [labels, [line(name, labels, sample.value)]];
      });
    case "summary":
      return metric.samples.map(({ labels: given, quantiles, sum, count }) => {
        const labels = labelText(given, "quantile");
        const rows = quantiles.map(([q, value]) =>
          line(name, join(labels, `quantile="${number(q)}"`), value),
        );
        return [labels, [...rows, line(`${name}_sum`, labels, sum), line(`${name}_count`, labels, count)]];
      });
    case "histogram":
      return metric.samples.map(({ labels: given, buckets, sum, count }) => {
        const labels = labelText(given, "le");
        const rows = risingBuckets(name, buckets, count).map(([le, n]) =>
          line(`${name}_bucket`, join(labels, `le="${number(le)}"`), n),
        );
        return [labels, [...rows, line(`${name}_sum`, labels, sum), line(`${name}_count`, labels, count)]];
      });
  }
}

type Buckets = readonly (readonly [bound: number, count: number])[];

function risingBuckets(name: string, given: Buckets, count: number): Buckets {
  const buckets: Buckets = [
    ...given.filter(([le]) => le !== Number.POSITIVE_INFINITY),
    [Number.POSITIVE_INFINITY, count],
  ];
  buckets.forEach(([le, n], i) => {
    const before = buckets[i - 1];
    if (before !== undefined && !(before[0] < le && before[1] <= n)) {
      throw new Error(
        `${name}: bounds and counts of buckets must rise, got ${before.join(":")} before ${le}:${n}`,
      );
    }
  });
  return buckets;
}

function blockOf({ name, help, type, samples }: Family): string {
  const sorted = [...samples].sort(([a], [b]) => order(a, b)).flatMap(([, lines]) => lines);
  return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${sorted.join("")}`;
}

function sampleNames({ name, type }: Family): string[] {
  if (type === "summary") return [name, `${name}_sum`, `${name}_count`];
  if (type === "histogram") return [name, `${name}_bucket`, `${name}_sum`, `${name}_count`];
  return [name];
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels === "" ? "" : `{${labels}}`} ${number(value)}\n`;
}

function join(labels: string, more: string): string {
  return labels === "" ? more : `${labels},${more}`;
}
