import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import v8 from "node:v8";
import vm from "node:vm";
import { collect, register } from "../../src/metrics/registry.js";

v8.setFlagsFromString("--expose-gc");
const gc = vm.runInNewContext("gc") as () => void;

function sampleOf(family: string, lock: string): number | undefined {
  const metric = collect().find(({ name }) => name === family);
  const samples =
    metric === undefined || metric.type === "summary" || metric.type === "histogram" ? [] : metric.samples;
  return samples.find(({ labels }) => labels?.["lock"] === lock)?.value;
}

test("an object that is registered and forgotten is collected as garbage, and its counts stay", async () => {
  let primitive: { stats(): object } | undefined = { stats: () => ({ acquired: 7, held: 1 }) };
  const weak = new WeakRef(primitive);
  register("lock", "forgotten", primitive);
  assert.equal(sampleOf("heddle_lock_held", "forgotten"), 1);
  primitive = undefined;
  for (let i = 0; i < 20 && weak.deref() !== undefined; i++) {
    await wait(1);
    gc();
  }
  assert.equal(weak.deref(), undefined);
  assert.equal(sampleOf("heddle_lock_held", "forgotten"), undefined);
  assert.equal(sampleOf("heddle_lock_acquired_total", "forgotten"), 7);
});

test("stats() is asked once per collection and once at the end", () => {
  let asked = 0;
  const source = {
    stats: () => {
      asked++;
      return { held: 1 };
    },
  };
  const registration = register("lock", "asked", source);
  assert.equal(asked, 0);
  collect();
  assert.equal(asked, 1);
  registration.unregister();
  assert.equal(asked, 2);
  collect();
  assert.equal(asked, 2);
});

test("stats() is called as a method of its object", () => {
  class Lock {
    readonly #held = 3;
    stats() {
      return { held: this.#held };
    }
  }
  const lock = new Lock();
  using _registration = register("lock", "method", lock);
  assert.equal(sampleOf("heddle_lock_held", "method"), 3);
});

test("ten thousand short-lived registrations of one name leave one series with all their counts", () => {
  for (let i = 0; i < 10_000; i++) register("lock", "short", () => ({ acquired: 1 })).unregister();
  assert.equal(sampleOf("heddle_lock_acquired_total", "short"), 10_000);
});
