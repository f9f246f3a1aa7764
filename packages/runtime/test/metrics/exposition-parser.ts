import assert from "node:assert/strict";

export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ParsedFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly ParsedSample[];
}

/**
 * A strict reader of the text format 0.0.4, written from the format's description and not from our writer: character by
 * character within a line, and failing on everything the description does not allow.
 */
export function parseExposition(text: string): Map<string, ParsedFamily> {
  const families = new Map<string, ParsedFamily & { samples: ParsedSample[] }>();
  if (text === "") return families;
  assert.ok(text.endsWith("\n"), "the last line must end with a newline");
  assert.equal(text, Buffer.from(text, "utf8").toString("utf8"), "the text must be valid UTF-8");
  let help: { name: string; text: string } | undefined;
  let current: (ParsedFamily & { samples: ParsedSample[] }) | undefined;
  for (const line of text.slice(0, -1).split("\n")) {
    assert.ok(
      !/[\r\0\u2028\u2029\u0085]/.test(line),
      `a line has a character that some parsers split at: ${line}`,
    );
    assert.notEqual(line, "", "empty lines are of no use here");
    if (line.startsWith("# HELP ")) {
      const [, name, body] = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/s.exec(line) ?? assert.fail(line);
      assert.ok(!families.has(name ?? ""), `a second HELP for ${name}`);
      help = { name: name ?? "", text: unescaped(body ?? "", false) };
    } else if (line.startsWith("# TYPE ")) {
      const [, name = "", type = ""] =
        /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line) ??
        assert.fail(line);
      assert.equal(help?.name, name, "TYPE follows the HELP of its family");
      assert.ok(!families.has(name), `a second TYPE for ${name}`);
      current = { name, help: help?.text ?? "", type, samples: [] };
      families.set(name, current);
    } else if (line.startsWith("#")) {
      assert.match(line, /^# (?!HELP|TYPE)/);
    } else {
      assert.ok(current !== undefined, `a sample before any TYPE: ${line}`);
      const sample = parseSample(line);
      assert.ok(belongs(current, sample), `${line} stands under ${current.type} ${current.name}`);
      current.samples.push(sample);
    }
  }
  for (const family of families.values()) check(family);
  return families;
}

function parseSample(line: string): ParsedSample {
  const [name = ""] = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(line) ?? assert.fail(`no metric name: ${line}`);
  const labels: Record<string, string> = {};
  let at = name.length;
  if (line[at] === "{") {
    at++;
    for (let i = 0; i < 64 && line[at] !== "}"; i++) {
      const [label = ""] =
        /^[a-zA-Z_][a-zA-Z0-9_]*/.exec(line.slice(at)) ?? assert.fail(`no label name: ${line}`);
      at += label.length;
      assert.equal(line.slice(at, at + 2), '="', line);
      at += 2;
      const from = at;
      while (at < line.length && line[at] !== '"') at += line[at] === "\\" ? 2 : 1;
      assert.ok(!Object.hasOwn(labels, label), `label ${label} twice: ${line}`);
      labels[label] = unescaped(line.slice(from, at), true);
      assert.equal(line[at], '"', `an open label value: ${line}`);
      at++;
      if (line[at] === ",") at++;
      else assert.equal(line[at], "}", line);
    }
    assert.equal(line[at], "}", line);
    at++;
  }
  const [, value = ""] =
    /^ (NaN|[+-]Inf|-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)$/.exec(line.slice(at)) ??
    assert.fail(`no value: ${line}`);
  return { name, labels, value: numberOf(value) };
}

function numberOf(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}

function unescaped(text: string, quotes: boolean): string {
  return text.replace(/\\(.?)/gs, (whole, next: string) => {
    if (next === "\\") return "\\";
    if (next === "n") return "\n";
    if (next === '"' && quotes) return '"';
    return assert.fail(`${whole} is no escape sequence`);
  });
}

function belongs(family: ParsedFamily, { name, labels }: ParsedSample): boolean {
  const suffixes: Record<string, string[]> = {
    counter: [""],
    gauge: [""],
    summary: ["", "_sum", "_count"],
    histogram: ["_bucket", "_sum", "_count"],
  };
  const suffix = (suffixes[family.type] ?? []).find((end) => name === family.name + end);
  if (suffix === undefined) return false;
  if (family.type === "summary") return (suffix === "") === Object.hasOwn(labels, "quantile");
  return Object.hasOwn(labels, "le") === (suffix === "_bucket");
}

function check({ name, type, samples }: ParsedFamily): void {
  assert.ok(samples.length > 0, `${name} has no samples`);
  const keys = samples.map((sample) => JSON.stringify([sample.name, Object.entries(sample.labels).sort()]));
  assert.equal(new Set(keys).size, keys.length, `${name} has the same sample twice`);
  if (type === "counter") {
    assert.match(name, /_total$/);
    for (const { value } of samples) assert.ok(value >= 0, `counter ${name} is ${value}`);
  }
  if (type === "histogram") checkHistogram(name, samples);
}

function checkHistogram(name: string, samples: readonly ParsedSample[]): void {
  const series = new Map<string, { bounds: [number, number][]; count?: number }>();
  for (const sample of samples) {
    const { le, ...labels } = sample.labels;
    const key = JSON.stringify(Object.entries(labels).sort());
    const one = series.get(key) ?? { bounds: [] };
    series.set(key, one);
    if (le !== undefined) one.bounds.push([numberOf(le), sample.value]);
    if (sample.name === `${name}_count`) one.count = sample.value;
  }
  for (const { bounds, count } of series.values()) {
    assert.equal(bounds.at(-1)?.[0], Number.POSITIVE_INFINITY, `${name} lacks the +Inf bucket`);
    assert.equal(bounds.at(-1)?.[1], count, `${name}: the +Inf bucket is the count`);
    bounds.slice(1).forEach(([le, n], i) => {
      const [before = 0, fewer = 0] = bounds[i] ?? [];
      assert.ok(before < le && fewer <= n, `${name}: buckets do not rise at ${le}`);
    });
  }
}
