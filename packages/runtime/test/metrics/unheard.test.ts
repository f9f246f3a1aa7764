import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { pool } from "../../src/index.js";

const module = `data:text/javascript,${encodeURIComponent(`
  const later = (thrown, ms) => setTimeout(() => { throw thrown; }, ms);
  export const leave = (text) => void later(new RangeError(text), 1);
  export const leaveOdd = () => void later({ odd: true }, 1);
  export const hold = (text, ms) => new Promise(() => later(new RangeError(text), ms));
  export const holdUntil = (text, flag) => new Promise(() => {
    flag[0] = 1;
    setInterval(() => { if (Atomics.load(flag, 0) === 2) throw new RangeError(text); }, 1);
  });
  export const add = (a, b) => a + b;
`)}`;

interface Warned extends Error {
  readonly code?: string;
  readonly detail?: string;
}

const open = (name: string) => pool(module, { threads: 1, name, grace: 20_000 });

function warnings(t: TestContext): Warned[] {
  const seen: Warned[] = [];
  const hear = (warning: Warned) => {
    if (warning.code === "HEDDLE_WORKER_ERROR") seen.push(warning);
  };
  process.on("warning", hear);
  t.after(() => process.off("warning", hear));
  return seen;
}

async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; tries < 5_000 && !is(); tries++) await wait(2);
  assert.ok(is(), "it never came");
}

async function replaced(cpu: ReturnType<typeof open>): Promise<void> {
  await until(() => cpu.stats().replaced > 0);
  assert.equal(await cpu.run("add", [1, 2]), 3);
}

test("an error between tasks is warned of, with the pool's name, its stack and where to listen", async (t) => {
  const seen = warnings(t);
  await using cpu = open("bakery");
  await cpu.run("leave", ["burnt"]);
  await until(() => seen.length > 0);
  assert.equal(seen.length, 1);
  assert.equal(seen[0]?.name, "HeddleWarning");
  assert.match(
    seen[0]?.message ?? "",
    /^a worker of bakery ended .*: burnt\. .* subscribe to heddle:pool:worker:exit /,
  );
  assert.match(seen[0]?.detail ?? "", /RangeError: burnt\n\s+at /);
  await replaced(cpu);
});

test("what was thrown need not be an error", async (t) => {
  const seen = warnings(t);
  await using cpu = open("odd");
  await cpu.run("leaveOdd");
  await until(() => seen.length > 0);
  assert.match(seen[0]?.message ?? "", /: \{ odd: true \}\. /);
  assert.equal(seen[0]?.detail, undefined);
});

test("who listens to the event is not warned as well", async (t) => {
  const seen = warnings(t);
  await using cpu = open("heard");
  const why: unknown[] = [];
  const hear = (message: unknown) => why.push((message as { why: unknown }).why);
  subscribe("heddle:pool:worker:exit", hear);
  await cpu.run("leave", ["burnt"]);
  await replaced(cpu);
  unsubscribe("heddle:pool:worker:exit", hear);
  assert.deepEqual(why, ["burnt"]);
  assert.deepEqual(seen, []);
});

test("an error that a call is told of is not warned of", async (t) => {
  const seen = warnings(t);
  await using cpu = open("told");
  await assert.rejects(cpu.run("hold", ["burnt", 1]), { code: "WORKER_DIED" });
  await replaced(cpu);
  assert.deepEqual(seen, []);
});

test("an error of a task whose caller has been answered is warned of", async (t) => {
  const seen = warnings(t);
  await using cpu = open("answered");
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const stop = new AbortController();
  const call = cpu.run("holdUntil", ["too late", flag], { signal: stop.signal });
  await until(() => flag[0] === 1);
  stop.abort();
  await assert.rejects(call, { code: "CANCELLED" });
  Atomics.store(flag, 0, 2);
  await replaced(cpu);
  await until(() => seen.length > 0);
  assert.match(seen[0]?.message ?? "", /a worker of answered ended .*: too late\./);
});
