import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { parseCpuTimes, parseSomePressure, sharesBetween } from "../../src/machine/cputime.js";
import { foreignShare, watchNoise } from "../../src/machine/noise.js";

const onLinux = { skip: process.platform === "linux" ? false : "needs /proc" };
const burn = "const e = process.cpuUsage().user + 400_000; while (process.cpuUsage().user < e);";

async function burnElsewhere(): Promise<void> {
  const child = spawn(process.execPath, ["-e", burn], { stdio: "ignore" });
  await once(child, "exit");
}

test("work of a process that is not called ours is foreign", onLinux, async () => {
  const watch = watchNoise(async () => 0);
  await burnElsewhere();
  const { foreignShare: foreign, stealShare, pressureShare } = await watch.stop();
  assert.ok(foreign !== null && foreign > 0.02, String(foreign));
  for (const share of [stealShare, pressureShare]) assert.ok(share === null || (share >= 0 && share <= 1));
});

test("the same work called ours is not", onLinux, async () => {
  let ours = 0;
  const watch = watchNoise(async () => ours);
  await burnElsewhere();
  ours = 1e9;
  assert.equal((await watch.stop()).foreignShare, 0);
});

test("a count of our own that fails leaves foreign work unknown and breaks nothing", onLinux, async () => {
  const watch = watchNoise(() => Promise.reject(new Error("gone")));
  await sleep(50);
  assert.equal((await watch.stop()).foreignShare, null);
});

const stat = (user: number, steal: number): string =>
  `cpu  9 9 9 9 9 9 9 9 0 0\ncpu0 ${user} 0 0 100 0 0 0 ${steal} 5 0\ncpu1 7 0 0 100 0 0 0 0 0 0\ncpu10 500 0 0 0 0 0 0 0 0 0\nintr 1\n`;

test("only the CPUs we may use are summed, guest time not twice", () => {
  assert.deepEqual(parseCpuTimes(stat(40, 10), new Set([0, 1])), { total: 2_570, busy: 470, steal: 100 });
  assert.equal(parseCpuTimes(stat(40, 10), new Set([7])), null);
});

test("shares are of the time that passed", () => {
  const [before, after] = [
    parseCpuTimes(stat(0, 0), new Set([0])),
    parseCpuTimes(stat(60, 40), new Set([0])),
  ];
  assert.deepEqual(sharesBetween(before, after), { busy: 0.6, steal: 0.4, totalMs: 1_000 });
  assert.equal(sharesBetween(before, before), null);
  assert.equal(sharesBetween(null, after), null);
});

test("foreign work is what the CPUs did beyond ours, never less than none", () => {
  const busy = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(busy, fc.nat(10_000), (share, ownMs) => {
      const foreign = foreignShare({ busy: share, totalMs: 5_000 }, ownMs);
      assert.ok(foreign >= 0 && foreign <= share);
    }),
  );
});

test("pressure is read from the line of some", () => {
  const text =
    "some avg10=1.50 avg60=0.52 avg300=0.49 total=6455069\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n";
  assert.deepEqual(parseSomePressure(text), { avg10: 0.015, totalUs: 6_455_069 });
  assert.equal(parseSomePressure(""), null);
});
