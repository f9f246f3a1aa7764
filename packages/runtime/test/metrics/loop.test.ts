import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { BlockedReport } from "../../src/metrics/blocked.js";
import { monitor } from "../../src/metrics/loop.js";

const LOOP = new URL("../../src/metrics/loop.js", import.meta.url).href;

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await wait(5);
  assert.ok(condition(), "nothing happened within 2.5 s");
}

test("a block longer than the threshold is reported with its length and its beginning", async () => {
  using loop = monitor();
  const reports: BlockedReport[] = [];
  loop.onBlocked(60, (report) => reports.push(report));
  await wait(30);
  const before = Date.now();
  block(200);
  await until(() => reports.length > 0);
  const [report] = reports;
  assert.ok((report?.blockedMs ?? 0) >= 195, `${report?.blockedMs}`);
  // The clocks differ by a little, and other programs may have held the CPU just before.
  assert.ok(Math.abs((report?.startedAt ?? 0) - before) < 150);
  assert.ok(Object.isFrozen(report));
});

test("when a report comes, the delay histogram has seen the block", async () => {
  using loop = monitor();
  const delays: number[] = [];
  loop.onBlocked(60, () => delays.push(loop.stats().delay.maxMs));
  await wait(30);
  block(200);
  await until(() => delays.length > 0);
  assert.ok((delays[0] ?? 0) >= 150, `${delays[0]}`);
});

/** Another program may hold the CPU at the wrong moment: one of a few attempts must show what is claimed. */
async function once(attempt: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 5; i++) if (await attempt()) return;
  assert.fail("none of 5 attempts showed it");
}

test("time that the loop was idle before is not counted as blocked", () =>
  once(async () => {
    using loop = monitor();
    const reports: BlockedReport[] = [];
    loop.onBlocked(400, (report) => reports.push(report));
    await wait(80);
    const began = performance.timeOrigin + performance.now();
    block(450);
    await until(() => reports.length > 0);
    return Math.abs((reports[0]?.startedAt ?? 0) - began) < 40;
  }));

test("idle time and a shorter block together are no block", () =>
  once(async () => {
    using loop = monitor();
    let reports = 0;
    loop.onBlocked(400, () => reports++);
    await wait(80);
    block(350);
    await wait(20);
    return reports === 0;
  }));

test("watches that come and go in the middle of a block do not hide it", async () => {
  using loop = monitor();
  const reports: BlockedReport[] = [];
  loop.onBlocked(60, (report) => reports.push(report));
  await wait(30);
  block(150);
  loop.onBlocked(30, () => {})[Symbol.dispose]();
  block(50);
  await until(() => reports.length > 0);
  assert.ok((reports[0]?.blockedMs ?? 0) >= 195, `${reports[0]?.blockedMs}`);
});

test("watches that come and go all the time do not starve the watch", async () => {
  using loop = monitor();
  let reports = 0;
  loop.onBlocked(200, () => reports++);
  const busy = setInterval(() => loop.onBlocked(200, () => {})[Symbol.dispose](), 10);
  try {
    await wait(60);
    block(300);
    await until(() => reports > 0);
  } finally {
    clearInterval(busy);
  }
});

test("an idle loop reads no delay, whatever the resolution", () =>
  once(async () => {
    using loop = monitor({ resolution: 100 });
    await wait(450);
    const { count, p50Ms } = loop.stats().delay;
    return count > 0 && p50Ms < 50;
  }));

test("a disposed monitor samples no more", async () => {
  const loop = monitor({ resolution: 1 });
  loop[Symbol.dispose]();
  loop.stats();
  await wait(30);
  assert.equal(loop.stats().delay.count, 0);
});

test("one report that throws does not cost the others theirs", () => {
  const code = `
    import { monitor } from ${JSON.stringify(LOOP)};
    process.on("uncaughtException", () => {});
    const loop = monitor();
    loop.onBlocked(40, () => { throw new Error("mine"); });
    loop.onBlocked(40, () => { console.log("told"); loop[Symbol.dispose](); });
    const end = performance.now() + 100;
    while (performance.now() < end);
    setTimeout(() => {}, 300);
  `;
  assert.match(run(code).stdout, /^told\n/);
});

test("a block in the very first turn is reported", () => {
  const code = `
    import { monitor } from ${JSON.stringify(LOOP)};
    const loop = monitor();
    loop.onBlocked(40, ({ blockedMs }) => console.log(blockedMs >= 95));
    const end = performance.now() + 100;
    while (performance.now() < end);
    setTimeout(() => loop[Symbol.dispose](), 300);
  `;
  assert.match(run(code).stdout, /^true\n/);
});

function run(code: string): { stdout: string; stderr: string; status: number | null } {
  const args = ["--input-type=module", "--eval", code];
  return spawnSync(process.execPath, args, { encoding: "utf8", timeout: 20_000, killSignal: "SIGKILL" });
}

test("a block shorter than the threshold is not reported", async () => {
  using loop = monitor();
  const reports: BlockedReport[] = [];
  // Far apart, so that a machine busy with other programs cannot turn the one into the other.
  loop.onBlocked(10_000, (report) => reports.push(report));
  block(50);
  await wait(300);
  assert.deepEqual(reports, []);
});

test("each threshold is judged by itself, and the count and the event know of the block once", async () => {
  using loop = monitor({ name: "thresholds" });
  const low: BlockedReport[] = [];
  const high: BlockedReport[] = [];
  const heard: unknown[] = [];
  const listener = (message: unknown) => heard.push(message);
  subscribe("heddle:loop:blocked", listener);
  loop.onBlocked(100, (report) => low.push(report));
  const second = loop.onBlocked(100, () => {});
  loop.onBlocked(60_000, (report) => high.push(report));
  await wait(20);
  block(250);
  await until(() => low.length > 0);
  unsubscribe("heddle:loop:blocked", listener);
  assert.deepEqual(high, []);
  assert.equal(heard.length, low.length);
  assert.deepEqual(heard[0], { loop: "thresholds", ...low[0] });
  assert.equal(loop.stats().blocked, low.length);
  second[Symbol.dispose]();
});
