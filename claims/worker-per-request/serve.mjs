// Answers requests that need CPU work, one after the other and then in a burst: with a new Worker for each, or with a pool.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { pool } from "@heddle/runtime";
import { derive } from "./task.mjs";

const { how, workMs, counts, burst, iterationsPerMs } = JSON.parse(process.argv.at(-1));
const exits = [];

function inNewWorker(iterations) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./once.mjs", import.meta.url), { workerData: iterations });
    exits.push(new Promise((gone) => worker.once("exit", gone)));
    worker.on("message", resolve);
    worker.on("error", reject);
  });
}

/** The best of several, as anybody else on the machine only slows it. */
function calibrate() {
  let best = 0;
  for (let at = 0; at < 8; at++) {
    const startedAt = performance.now();
    derive(2_000);
    best = Math.max(best, 2_000 / (performance.now() - startedAt));
  }
  return best;
}

function peakMb() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1_024;
  } catch {
    return null;
  }
}

const perMs = iterationsPerMs ?? calibrate();
const before = peakMb();
const cpu = how === "pool" ? pool(new URL("./task.mjs", import.meta.url)) : undefined;
await cpu?.ready();
const request = how === "pool" ? (iterations) => cpu.run("derive", [iterations]) : inNewWorker;
await request(1);
await Promise.all(exits.splice(0));

const medianMs = [];
const cpuMs = [];
for (const [at, ms] of workMs.entries()) {
  const took = [];
  const cpuBefore = process.cpuUsage();
  for (let done = 0; done < counts[at]; done++) {
    const startedAt = performance.now();
    await request(Math.round(perMs * ms));
    took.push(performance.now() - startedAt);
  }
  await Promise.all(exits.splice(0));
  // A thread that still runs is not charged yet: it gets time to go to sleep.
  await sleep(3);
  const { user, system } = process.cpuUsage(cpuBefore);
  cpuMs.push((user + system) / 1_000 / counts[at]);
  medianMs.push(took.sort((a, b) => a - b)[took.length >> 1]);
}

const startedAt = performance.now();
await Promise.all(Array.from({ length: burst }, () => request(Math.round(perMs * workMs[0]))));
const burstMs = performance.now() - startedAt;
await Promise.all(exits.splice(0));
const peak = peakMb();
const peakRise = peak === null ? -1 : peak - before;
console.log(
  JSON.stringify({ result: { medianMs, cpuMs, burstMs, peakMb: peakRise, iterationsPerMs: perMs } }),
);
await cpu?.close();
