import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mock, test } from "node:test";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { BlockedReport } from "../../src/metrics/blocked.js";
import { monitor } from "../../src/metrics/loop.js";
import { prometheus } from "../../src/metrics/prometheus.js";
import { parseExposition } from "./exposition-parser.js";

const LOOP = new URL("../../src/metrics/loop.js", import.meta.url).href;

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function run(code: string): { stdout: string; stderr: string; status: number | null } {
  const args = ["--input-type=module", "--eval", code];
  return spawnSync(process.execPath, args, { encoding: "utf8", timeout: 20_000, killSignal: "SIGKILL" });
}

test("many short callbacks in turn are no block", async () => {
  using loop = monitor();
  const reports: BlockedReport[] = [];
  loop.onBlocked(400, (report) => reports.push(report));
  const end = performance.now() + 1_000;
  for (let i = 0; i < 10_000 && performance.now() < end; i++) {
    block(4);
    await turn();
  }
  assert.deepEqual(reports, []);
});

test("after disposal of the watch or of the monitor nothing is reported", async () => {
  const loop = monitor();
  let reports = 0;
  const watch = loop.onBlocked(20, () => reports++);
  watch[Symbol.dispose]();
  block(60);
  await wait(30);
  loop.onBlocked(20, () => reports++);
  loop[Symbol.dispose]();
  loop[Symbol.dispose]();
  block(60);
  await wait(30);
  assert.equal(reports, 0);
});

test("fake timers do not stop the watch", async () => {
  using loop = monitor();
  let reports = 0;
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  try {
    loop.onBlocked(20, () => reports++);
    block(100);
    // Immediates are real here; bounded by turns of the loop.
    for (let i = 0; i < 1_000_000 && reports === 0; i++) await turn();
  } finally {
    mock.timers.reset();
  }
  assert.ok(reports > 0);
});

test("a report that throws is an uncaught exception, and the watch goes on", () => {
  const code = `
    import { monitor } from ${JSON.stringify(LOOP)};
    process.on("uncaughtException", (error) => console.log("uncaught", error.message));
    const block = () => { const end = performance.now() + 100; while (performance.now() < end); };
    const loop = monitor();
    let count = 0;
    loop.onBlocked(40, () => { count++; throw new Error("mine " + count); });
    block();
    setTimeout(block, 200);
    setTimeout(() => loop[Symbol.dispose](), 600);
  `;
  assert.match(run(code).stdout, /^uncaught mine 1\nuncaught mine 2\n/);
});

test("a monitor that nobody disposes does not keep the process alive", () => {
  const code = `
    import { monitor } from ${JSON.stringify(LOOP)};
    monitor({ resolution: 1 }).onBlocked(1000, () => {});
  `;
  const { status, stderr } = run(code);
  assert.equal(status, 0, stderr);
});

test("a monitor in a worker thread watches that thread's loop", async () => {
  const code = `
    import(${JSON.stringify(LOOP)}).then(({ monitor }) => {
      const { parentPort } = require("node:worker_threads");
      const loop = monitor();
      loop.onBlocked(40, ({ blockedMs }) => {
        parentPort.postMessage({ name: loop.name, long: blockedMs >= 95 });
        loop[Symbol.dispose]();
      });
      setTimeout(() => { const end = performance.now() + 100; while (performance.now() < end); }, 20);
      setTimeout(() => {}, 400);
    });
  `;
  const worker = new Worker(code, { eval: true });
  const message = await new Promise((resolve, reject) => {
    worker
      .once("message", resolve)
      .once("error", reject)
      .once("exit", () => reject(new Error("no report")));
  });
  await worker.terminate();
  assert.match((message as { name: string }).name, /^worker-\d+$/);
  assert.equal((message as { long: boolean }).long, true);
});

test("stats are deltas since the last call, and totals stay", async () => {
  using loop = monitor({ resolution: 1 });
  await wait(20);
  block(100);
  await wait(20);
  const first = loop.stats();
  assert.ok(first.delay.maxMs >= 50, `${first.delay.maxMs}`);
  assert.ok(first.utilization > 0 && first.utilization <= 1);
  assert.ok(first.activeMs >= 100);
  assert.ok(Object.isFrozen(first) && Object.isFrozen(first.delay));
  const second = loop.stats();
  assert.equal(second.delay.count, 0);
  assert.equal(second.delay.maxMs, 0);
  assert.ok(second.delayTotal.count >= first.delay.count);
  assert.ok(second.delayTotal.maxMs >= 50);
  assert.ok(second.spanMs < first.spanMs + 1_000);
});

test("reading the metrics does not move what stats counts from", async () => {
  using loop = monitor({ resolution: 1 });
  await wait(20);
  block(80);
  await wait(20);
  prometheus();
  assert.ok(loop.stats().delay.maxMs >= 40);
});

test("a monitor shows in the metrics until it is disposed, and two of one name are not added up", () => {
  const seconds = (name: string) =>
    parseExposition(prometheus())
      .get("heddle_loop_active_seconds_total")
      ?.samples.find(({ labels }) => labels["loop"] === name)?.value;
  block(50);
  const one = monitor({ name: "twice" });
  const two = monitor({ name: "twice" });
  const { active } = performance.eventLoopUtilization();
  assert.ok((seconds("twice") ?? 0) * 1000 < active * 1.5 + 50);
  one[Symbol.dispose]();
  two[Symbol.dispose]();
  assert.equal(seconds("twice"), undefined);
});

test("options that make no sense are refused with what was expected", () => {
  for (const resolution of [0, -1, 1.5, Number.NaN, 1e9]) {
    assert.throws(() => monitor({ resolution }), {
      code: "BAD_OPTION",
      message: /resolution must be a whole number/,
    });
  }
  using loop = monitor();
  for (const ms of [0, Number.NaN, -1])
    assert.throws(() => loop.onBlocked(ms, () => {}), { code: "BAD_OPTION" });
});
