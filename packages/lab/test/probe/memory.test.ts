import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sampleMemory } from "../../src/probe/memory.js";
import { onLinux, startNode, stay } from "./_child.js";

test("a level that is held becomes the plateau, above the idle baseline", onLinux, async (t) => {
  const script = `process.stdin.once("data", () => { globalThis.b = Buffer.alloc(60 * 2 ** 20, 1); console.log("held"); });
    console.log("ready"); ${stay}`;
  const { pid, child } = await startNode(t, script);
  const sampler = sampleMemory(pid, { everyMs: 20 });
  const held = new Promise((resolve) => child.stdout?.once("data", resolve));
  child.stdin?.write("go\n");
  await held;
  await sleep(600);
  const figures = await sampler.stop();
  assert.ok(figures !== null);
  const grown = figures.plateauMb - figures.baselineMb;
  assert.ok(grown > 50 && grown < 90, String(grown));
  assert.ok(figures.peakMb >= figures.plateauMb);
  assert.ok(figures.samples >= 2);
  assert.ok(figures.parts.pss !== null && figures.parts.pss <= figures.parts.rss + 0.5);
  assert.ok(figures.parts.kernelStacks > 0 && figures.parts.pageTables > 0);
});

test("a peak between two samples is found in the kernel's high-water mark", onLinux, async (t) => {
  const script = `process.stdin.once("data", () => {
      let b = new Uint8Array(new SharedArrayBuffer(80 * 2 ** 20)).fill(1); b = null; global.gc(); global.gc(); console.log("gone");
    });
    require("node:v8").setFlagsFromString("--expose-gc"); global.gc = require("node:vm").runInNewContext("gc");
    console.log("ready"); ${stay}`;
  const { pid, child } = await startNode(t, script);
  const sampler = sampleMemory(pid, { everyMs: 60_000 });
  const gone = new Promise((resolve) => child.stdout?.once("data", resolve));
  child.stdin?.write("go\n");
  await gone;
  const figures = await sampler.stop();
  assert.ok(figures !== null);
  assert.ok(figures.peakMb - figures.baselineMb > 70, `${figures.peakMb} - ${figures.baselineMb}`);
});

test(
  "sampling costs no more than a few hundredths of a core, however often it is asked for",
  onLinux,
  async (t) => {
    const script = `require("node:fs").stat("/", () => console.log("ready")); ${stay}`;
    const { pid } = await startNode(t, script, { UV_THREADPOOL_SIZE: "1000" });
    const before = process.cpuUsage();
    const startedAt = performance.now();
    const sampler = sampleMemory(pid, { everyMs: 1 });
    await sleep(2_000);
    await sampler.stop();
    const { user, system } = process.cpuUsage(before);
    const share = (user + system) / 1_000 / (performance.now() - startedAt);
    // Aimed at 0.02; the test runner and the two unavoidable samples are in it too.
    assert.ok(share < 0.1, String(share));
  },
);

test("nothing measured is null, and stopping twice gives the same", onLinux, async (t) => {
  assert.equal(await sampleMemory(2 ** 22 + 1, { everyMs: 10 }).stop(), null);
  const { pid } = await startNode(t, `console.log("ready"); ${stay}`);
  const sampler = sampleMemory(pid, { everyMs: 10 });
  assert.deepEqual(await sampler.stop(), await sampler.stop());
});
