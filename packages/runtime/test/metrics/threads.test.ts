import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { threadReader } from "../../src/metrics/threads.js";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "heddle-threads-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Fake {
  readonly comm?: string;
  readonly ticks?: readonly [user: number, system: number];
  readonly runNs?: number;
  readonly switches?: readonly [voluntary: number, involuntary: number];
}

function put(tid: number, { comm = "node", ticks = [0, 0], runNs, switches = [0, 0] }: Fake): void {
  const folder = join(root, String(tid));
  mkdirSync(folder, { recursive: true });
  const before = "S 1 1 1 0 -1 4194304 0 0 0 0";
  writeFileSync(
    join(folder, "stat"),
    `${tid} (${comm}) ${before} ${ticks[0]} ${ticks[1]} 0 0 20 0\n`,
    "latin1",
  );
  writeFileSync(join(folder, "comm"), `${comm}\n`, "latin1");
  writeFileSync(
    join(folder, "status"),
    `Name:\t${comm}\nThreads:\t1\nvoluntary_ctxt_switches:\t${switches[0]}\nnonvoluntary_ctxt_switches:\t${switches[1]}\n`,
    "latin1",
  );
  if (runNs !== undefined) writeFileSync(join(folder, "schedstat"), `${runNs} 0 1\n`);
}

test("switches are counted since the last reading", () => {
  put(7, { switches: [10, 20] });
  const read = threadReader(root);
  put(7, { switches: [13, 21] });
  const first = read().threads?.[0];
  assert.deepEqual([first?.tid, first?.voluntarySwitches, first?.involuntarySwitches], [7, 3, 1]);
  const second = read().threads?.[0];
  assert.deepEqual([second?.voluntarySwitches, second?.involuntarySwitches], [0, 0]);
});

test("a thread that began between two readings counts from its beginning", () => {
  const read = threadReader(root);
  put(8, { switches: [5, 6] });
  const [thread] = read().threads ?? [];
  assert.deepEqual([thread?.voluntarySwitches, thread?.involuntarySwitches], [5, 6]);
});

test("CPU time comes from schedstat, and from the ticks of stat where there is none", () => {
  put(1, { runNs: 1_000_000, ticks: [0, 0] });
  put(2, { ticks: [0, 0] });
  const read = threadReader(root);
  put(1, { runNs: 1_000_000 + 3_600_000_000_000, ticks: [0, 0] });
  put(2, { ticks: [200_000, 160_000] });
  const [fine, coarse] = read().threads ?? [];
  // Both ran for an hour; however long the test took between the readings, it was the same for both.
  assert.ok((fine?.cpuShare ?? 0) > 1);
  assert.ok(Math.abs((fine?.cpuShare ?? 0) / (coarse?.cpuShare ?? 1) - 1) < 1e-9);
});

test("a name with parentheses, spaces and control characters shifts no field and steers nothing", () => {
  put(3, { comm: "a) S 1 (b\n\u001b[2J", ticks: [0, 0], switches: [1, 2] });
  const read = threadReader(root);
  put(3, { comm: "a) S 1 (b\n\u001b[2J", ticks: [100, 0], switches: [1, 2] });
  const [thread] = read().threads ?? [];
  assert.equal(thread?.name, "a) S 1 (b??[2J");
  assert.ok((thread?.cpuShare ?? 0) > 0);
});

test("a thread that ended between listing and reading is left out", () => {
  mkdirSync(join(root, "9"));
  put(10, {});
  assert.deepEqual(
    threadReader(root)().threads?.map((thread) => thread.tid),
    [10],
  );
});

test("a system without such files gets null and the reason", () => {
  const reading = threadReader(join(root, "absent"))();
  assert.equal(reading.threads, null);
  assert.match(reading.threadsMissing ?? "", /absent, which only Linux has/);
});

test("the threads of this very process are read", {
  skip: process.platform !== "linux" && "Linux only",
}, () => {
  const reading = threadReader()();
  const main = reading.threads?.find((thread) => thread.tid === process.pid);
  assert.ok(main !== undefined);
  assert.ok(main.cpuShare >= 0 && Number.isFinite(main.cpuShare));
  assert.ok(Object.isFrozen(reading) && Object.isFrozen(main));
});
