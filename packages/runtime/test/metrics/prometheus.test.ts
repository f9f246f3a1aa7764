import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exposition } from "../../src/metrics/exposition.js";
import { FAMILIES } from "../../src/metrics/families.js";
import type { Metric } from "../../src/metrics/metric.js";
import { prometheus } from "../../src/metrics/prometheus.js";
import { collector, MAX_NAMES, OVERFLOW_NAME, register } from "../../src/metrics/registry.js";
import { type ParsedFamily, parseExposition } from "./exposition-parser.js";

function read(): Map<string, ParsedFamily> {
  return parseExposition(prometheus());
}

function figure(name: string, labels: Record<string, string> = {}): number | undefined {
  const wanted = Object.entries(labels);
  for (const family of read().values()) {
    const found = family.samples.find(
      (sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value),
    );
    if (found !== undefined) return found.value;
  }
  return undefined;
}

const snapshot = (count: number, ms: number) => ({
  count,
  minMs: ms,
  meanMs: ms,
  p50Ms: ms,
  p90Ms: ms,
  p99Ms: ms,
  maxMs: ms,
});

test("a registered pool shows under its name with base units", () => {
  const stats = { queued: 3, completed: 7, failed: 1, wait: snapshot(4, 250) };
  using _pool = register("pool", "base units", () => stats);
  const labels = { pool: "base units" };
  assert.equal(figure("heddle_pool_queued_tasks", labels), 3);
  assert.equal(figure("heddle_pool_tasks_total", { ...labels, outcome: "ok" }), 7);
  assert.equal(figure("heddle_pool_tasks_total", { ...labels, outcome: "failed" }), 1);
  assert.equal(figure("heddle_pool_wait_seconds", { ...labels, quantile: "0.99" }), 0.25);
  assert.equal(figure("heddle_pool_wait_seconds_sum", labels), 1);
  assert.equal(figure("heddle_pool_wait_seconds_count", labels), 4);
});

test("fields a primitive does not have give no sample", () => {
  using _pool = register("pool", "sparse", () => ({ queued: 1, running: "many" }));
  assert.equal(figure("heddle_pool_queued_tasks", { pool: "sparse" }), 1);
  assert.equal(figure("heddle_pool_running_tasks", { pool: "sparse" }), undefined);
  assert.equal(figure("heddle_pool_threads", { pool: "sparse" }), undefined);
});

test("every family of every kind has one HELP, one TYPE and the label of its kind", () => {
  const everything = (kind: keyof typeof FAMILIES) => {
    const stats: Record<string, unknown> = {};
    for (const { field, type } of FAMILIES[kind]) {
      const [first = "", second] = field.split(".");
      const value = type === "summary" ? snapshot(1, 1) : 1;
      stats[first] =
        second === undefined ? value : { ...(stats[first] as object | undefined), [second]: value };
    }
    return stats;
  };
  const kinds = Object.keys(FAMILIES) as (keyof typeof FAMILIES)[];
  const registrations = kinds.map((kind) => register(kind, "all", () => everything(kind)));
  const families = read();
  for (const kind of kinds) {
    for (const { name, help, type } of FAMILIES[kind]) {
      const family = families.get(name);
      assert.equal(family?.help, help);
      assert.equal(family?.type, type);
      assert.ok(
        family?.samples.some((sample) => sample.labels[kind] === "all"),
        name,
      );
    }
  }
  for (const registration of registrations) registration.unregister();
});

test("two sources of one name are added up, and the worse quantile stands", () => {
  using _a = register("lock", "twins", () => ({ waiting: 2, wait: snapshot(1, 1_000) }));
  using _b = register("lock", "twins", () => ({ waiting: 3, wait: snapshot(3, 5_000) }));
  assert.equal(figure("heddle_lock_waiting", { lock: "twins" }), 5);
  assert.equal(figure("heddle_lock_wait_seconds_sum", { lock: "twins" }), 16);
  assert.equal(figure("heddle_lock_wait_seconds", { lock: "twins", quantile: "0.5" }), 5);
});

test("what a source counted stays after it is gone, what it held does not", () => {
  const gone = register("pool", "mortal", () => ({ queued: 4, completed: 10, run: snapshot(10, 1_000) }));
  gone.unregister();
  gone.unregister();
  assert.equal(figure("heddle_pool_tasks_total", { pool: "mortal" }), 10);
  assert.equal(figure("heddle_pool_run_seconds_count", { pool: "mortal" }), 10);
  assert.ok(Number.isNaN(figure("heddle_pool_run_seconds", { pool: "mortal", quantile: "0.5" })));
  assert.equal(figure("heddle_pool_queued_tasks", { pool: "mortal" }), undefined);
  using _next = register("pool", "mortal", () => ({ completed: 5 }));
  assert.equal(figure("heddle_pool_tasks_total", { pool: "mortal" }), 15);
});

test("a source that throws keeps its last figures, is counted, and harms nobody else", () => {
  let broken = false;
  using _bad = register("pool", "bad", () => {
    if (broken) throw new Error("no stats today");
    return { completed: 9 };
  });
  using _good = register("pool", "good", () => ({ completed: 2 }));
  assert.equal(figure("heddle_pool_tasks_total", { pool: "bad" }), 9);
  const before = figure("heddle_metrics_errors_total") ?? 0;
  broken = true;
  assert.equal(figure("heddle_pool_tasks_total", { pool: "bad" }), 9);
  assert.equal(figure("heddle_pool_tasks_total", { pool: "good" }), 2);
  assert.ok((figure("heddle_metrics_errors_total") ?? 0) > before);
});

test("names beyond the bound share one series and lose no count", () => {
  const many = Array.from({ length: MAX_NAMES + 50 }, (_, i) =>
    register("channel", `c${i}`, () => ({ sent: 1 })),
  );
  const samples = (read().get("heddle_channel_items_total")?.samples ?? []).filter(
    ({ labels }) => labels["side"] === "send" && labels["channel"] !== "all",
  );
  assert.ok(samples.length <= MAX_NAMES + 1);
  assert.ok(samples.some((sample) => sample.labels["channel"] === OVERFLOW_NAME));
  assert.equal(
    samples.reduce((sum, sample) => sum + sample.value, 0),
    MAX_NAMES + 50,
  );
  for (const registration of many) registration.unregister();
});

test("a collector adds families of the user's own until it is unregistered", () => {
  const shop = collector(() => [
    {
      type: "counter",
      name: "shop_orders",
      help: "Orders.",
      samples: [{ labels: { kind: "new" }, value: 2 }],
    },
  ]);
  assert.equal(figure("shop_orders_total", { kind: "new" }), 2);
  shop.unregister();
  assert.equal(figure("shop_orders_total"), undefined);
});

test("a collector that throws does not cost the others their figures", () => {
  using _bad = collector(() => {
    throw new Error("broken");
  });
  using _good = collector(() => [{ type: "gauge", name: "fine", help: "Fine.", samples: [{ value: 1 }] }]);
  assert.equal(figure("fine"), 1);
});

test("any text as a name comes back from the parser, or with U+FFFD for what the format cannot carry", () => {
  const hostile = [
    'quote"s',
    "new\nline",
    "back\\slash",
    "\\n",
    "}\n# TYPE x counter\nx 1",
    "naïve 漢字 🧵",
    "",
    " ",
    "{}=,",
  ];
  for (const value of hostile) {
    const { text } = exposition([
      { type: "gauge", name: "g", help: value, samples: [{ labels: { a: value }, value: 1 }] },
    ]);
    const family = parseExposition(text).get("g");
    assert.equal(family?.samples[0]?.labels["a"], value);
    assert.equal(family?.help, value);
  }
  const { text } = exposition([
    { type: "gauge", name: "g", help: "h", samples: [{ labels: { a: "a\r\0\u001b[31m\ud800" }, value: 1 }] },
  ]);
  assert.equal(parseExposition(text).get("g")?.samples[0]?.labels["a"], "a\uFFFD\uFFFD\uFFFD[31m\uFFFD");
});

test("whatever the names, help texts and values, the text parses and nothing valid is lost", () => {
  const value = fc.oneof(fc.double(), fc.integer());
  const labels = fc.record({ a: fc.string({ unit: "binary" }), b: fc.string({ unit: "grapheme" }) });
  const gauge = fc.uniqueArray(fc.record({ labels, value }), {
    maxLength: 5,
    minLength: 1,
    selector: ({ labels: { a, b } }) => JSON.stringify([a, b]),
  });
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), gauge, (help, samples) => {
      const { text, faults } = exposition([{ type: "gauge", name: "g", help, samples }]);
      const got = parseExposition(text).get("g")?.samples.length ?? 0;
      // Two names may become one where both hold what must be replaced: that is a fault, told as one.
      assert.equal(got + faults.length, samples.length);
    }),
    { numRuns: 300 },
  );
});

test("long label values are cut but stay apart", () => {
  const long = "x".repeat(1_000);
  const samples = [`${long}a`, `${long}b`].map((a) => ({ labels: { a }, value: 1 }));
  const { text, faults } = exposition([{ type: "gauge", name: "g", help: "h", samples }]);
  assert.deepEqual(faults, []);
  const parsed = parseExposition(text).get("g")?.samples ?? [];
  assert.equal(parsed.length, 2);
  for (const { labels } of parsed) assert.ok((labels["a"]?.length ?? 0) <= 128);
});

test("a histogram gets its +Inf bucket", () => {
  const samples = [{ count: 3, sum: 0.5, buckets: [[0.1, 1] as const, [1, 2] as const] }];
  const { text } = exposition([{ type: "histogram", name: "h_seconds", help: "h", samples }]);
  const family = parseExposition(text).get("h_seconds");
  assert.deepEqual(
    family?.samples.map((sample) => [sample.name, sample.labels["le"], sample.value]),
    [
      ["h_seconds_bucket", "0.1", 1],
      ["h_seconds_bucket", "1", 2],
      ["h_seconds_bucket", "+Inf", 3],
      ["h_seconds_sum", undefined, 0.5],
      ["h_seconds_count", undefined, 3],
    ],
  );
});

const fine: Metric = { type: "gauge", name: "fine", help: "Fine.", samples: [{ value: 1 }] };
const gaugeOf = (name: string, labels?: Record<string, string>): Metric => ({
  type: "gauge",
  name,
  help: "h",
  samples: [labels === undefined ? { value: 1 } : { labels, value: 1 }],
});
const unfit: readonly (readonly [string, readonly Metric[]])[] = [
  ["a metric name with a space", [gaugeOf("a b")]],
  ["an empty metric name", [gaugeOf("")]],
  ["a label name with a dash", [gaugeOf("g", { "a-b": "" })]],
  ["a label name the format reserves", [gaugeOf("g", { __name__: "x" })]],
  ["one sample twice", [gaugeOf("g", { a: "1" }), gaugeOf("g", { a: "1" })]],
  [
    "one name with two types",
    [gaugeOf("g_total"), { type: "counter", name: "g", help: "h", samples: [{ value: 1 }] }],
  ],
  [
    "a family whose samples are named like another's",
    [
      gaugeOf("s_sum"),
      { type: "summary", name: "s", help: "h", samples: [{ count: 0, sum: 0, quantiles: [] }] },
    ],
  ],
  [
    "buckets that fall",
    [{ type: "histogram", name: "h", help: "h", samples: [{ count: 1, sum: 0, buckets: [[1, 5]] }] }],
  ],
];
for (const [what, metrics] of unfit) {
  test(`${what} is left out, named as a fault, and leaves the rest readable`, () => {
    const { text, faults } = exposition([...metrics, fine]);
    assert.equal(faults.length, 1);
    assert.equal(parseExposition(text).get("fine")?.samples.length, 1);
    assert.match(text, /^# heddle: /m);
  });
}

test("more samples in a family than the bound are dropped and told", () => {
  const samples = Array.from({ length: 2_010 }, (_, i) => ({ labels: { i: String(i) }, value: i }));
  const { text, faults } = exposition([{ type: "gauge", name: "g", help: "h", samples }]);
  assert.equal(parseExposition(text).get("g")?.samples.length, 2_000);
  assert.match(faults.join(), /10 are left out/);
});

test("the order of families and samples does not depend on the order of registration", () => {
  const a = gaugeOf("a", { x: "1", y: "2" });
  const b: Metric = {
    ...fine,
    samples: [
      { labels: { n: "2" }, value: 2 },
      { labels: { n: "1" }, value: 1 },
    ],
  };
  const flipped: Metric = { ...fine, samples: [...b.samples].reverse() };
  assert.equal(exposition([a, b]).text, exposition([flipped, gaugeOf("a", { y: "2", x: "1" })]).text);
});

test("numbers without a decimal form are written as the format spells them", () => {
  const samples = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, 5e-324, -0].map(
    (value, i) => ({
      labels: { i: String(i) },
      value,
    }),
  );
  const { text } = exposition([{ type: "gauge", name: "g", help: "h", samples }]);
  assert.deepEqual(
    parseExposition(text)
      .get("g")
      ?.samples.map((sample) => sample.value),
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, 5e-324, 0],
  );
});
