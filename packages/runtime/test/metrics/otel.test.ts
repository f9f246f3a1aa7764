import assert from "node:assert/strict";
import { test } from "node:test";
import type { Metric } from "../../src/metrics/metric.js";
import {
  type InstrumentOptions,
  type MeterLike,
  type ObservableCallbackLike,
  observe,
} from "../../src/metrics/otel.js";
import { collector, register } from "../../src/metrics/registry.js";

interface Instrument {
  readonly kind: "gauge" | "counter";
  readonly options: InstrumentOptions | undefined;
  readonly callbacks: Set<ObservableCallbackLike>;
}

/** A meter that behaves like the SDK's: it calls back on demand, all instruments of one collection in one turn. */
class FakeMeter implements MeterLike {
  readonly instruments = new Map<string, Instrument>();

  createObservableGauge(name: string, options?: InstrumentOptions) {
    return this.#create("gauge", name, options);
  }

  createObservableCounter(name: string, options?: InstrumentOptions) {
    return this.#create("counter", name, options);
  }

  #create(kind: Instrument["kind"], name: string, options?: InstrumentOptions) {
    assert.ok(!this.instruments.has(name), `${name} is created twice`);
    const callbacks = new Set<ObservableCallbackLike>();
    this.instruments.set(name, { kind, options, callbacks });
    return {
      addCallback: (callback: ObservableCallbackLike) => void callbacks.add(callback),
      removeCallback: (callback: ObservableCallbackLike) => void callbacks.delete(callback),
    };
  }

  collect(): { name: string; value: number; attributes: unknown }[] {
    const seen: { name: string; value: number; attributes: unknown }[] = [];
    for (const [name, { callbacks }] of [...this.instruments]) {
      for (const callback of callbacks) {
        callback({ observe: (value, attributes) => void seen.push({ name, value, attributes }) });
      }
    }
    return seen;
  }
}

test("gauges, counters and summaries of a pool reach the meter", () => {
  const wait = { count: 2, minMs: 500, meanMs: 500, p50Ms: 500, p90Ms: 500, p99Ms: 500, maxMs: 500 };
  using _pool = register("pool", "otel", () => ({ queued: 3, completed: 5, wait }));
  const meter = new FakeMeter();
  using _observing = observe(meter);
  const seen = meter.collect();
  const of = (name: string) =>
    seen.filter((one) => one.name === name && (one.attributes as { pool?: string }).pool === "otel");
  assert.equal(of("heddle_pool_queued_tasks")[0]?.value, 3);
  assert.deepEqual(of("heddle_pool_tasks")[0], {
    name: "heddle_pool_tasks",
    value: 5,
    attributes: { pool: "otel", outcome: "ok" },
  });
  assert.deepEqual(
    of("heddle_pool_wait_seconds").map(({ value }) => value),
    [0.5, 0.5, 0.5],
  );
  assert.equal(of("heddle_pool_wait_seconds_sum")[0]?.value, 1);
  assert.equal(of("heddle_pool_wait_seconds_count")[0]?.value, 2);
  assert.equal(meter.instruments.get("heddle_pool_tasks")?.kind, "counter");
  assert.equal(meter.instruments.get("heddle_pool_queued_tasks")?.kind, "gauge");
  assert.equal(meter.instruments.get("heddle_pool_wait_seconds")?.options?.unit, "s");
});

test("all instruments of one turn share one collection, the next turn takes another", async () => {
  let collections = 0;
  const metric = (value: number): Metric => ({
    type: "gauge",
    name: "shared",
    help: "h",
    samples: [{ value }],
  });
  using _own = collector(() => [metric(++collections)]);
  const meter = new FakeMeter();
  using _observing = observe(meter);
  await Promise.resolve();
  const before = collections;
  meter.collect();
  assert.equal(collections, before + 1);
  await Promise.resolve();
  meter.collect();
  assert.equal(collections, before + 2);
});

test("a family that appears later is observed too", async () => {
  const meter = new FakeMeter();
  using _observing = observe(meter);
  using _late = collector(() => [{ type: "gauge", name: "late", help: "h", samples: [{ value: 1 }] }]);
  await Promise.resolve();
  meter.collect();
  assert.ok(meter.collect().some(({ name, value }) => name === "late" && value === 1));
});

test("a quantile of nothing is not observed", () => {
  using _pool = register("pool", "quiet", () => ({
    wait: { count: 0, meanMs: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0 },
  }));
  const meter = new FakeMeter();
  using _observing = observe(meter);
  for (const { name, value } of meter.collect()) assert.ok(!Number.isNaN(value), name);
});

test("disposing removes every callback", () => {
  const meter = new FakeMeter();
  const observing = observe(meter);
  assert.ok(meter.collect().length > 0);
  observing[Symbol.dispose]();
  observing[Symbol.dispose]();
  assert.deepEqual(meter.collect(), []);
});
