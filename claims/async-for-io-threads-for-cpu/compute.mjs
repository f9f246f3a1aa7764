// The same computing on the event loop and in a pool of threads: how long it takes, and how long the loop is away.
import { setImmediate as turn } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";
import { pool } from "@heddle/runtime";

const LEAST_CORES = 1.6;
const MORE_ROUNDS = 5;
const sinks = new Int32Array(1);

export function compute(iterations) {
  let x = 1;
  for (let i = 0; i < iterations; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
  sinks[0] = x;
}

if (isMainThread) await main(JSON.parse(process.argv.at(-1)));

async function main({ threads, tasks, taskMs, rounds }) {
  const work = Math.round(taskMs * iterationsPerMs());
  const cpu = pool(new URL(import.meta.url), { threads, nice: 0 });
  await cpu.ready();
  await Promise.all(Array.from({ length: threads * 8 }, () => cpu.run("compute", [work])));
  const ways = {
    loop: async () => compute(work),
    pool: () => cpu.run("compute", [work]),
  };
  const best = { loop: null, pool: null };
  // Rounds in which others had the cores say nothing about a pool: then some more are tried.
  const isStarved = () => best.pool.cores < LEAST_CORES;
  for (let round = 0; round < rounds || (round < rounds + MORE_ROUNDS && isStarved()); round++) {
    for (const [name, way] of Object.entries(ways)) {
      const seen = await measure(way, tasks);
      if (best[name] === null || seen.ms < best[name].ms) best[name] = seen;
    }
  }
  await cpu.close();
  const { loop, pool: pooled } = best;
  const result = {
    loopMs: loop.ms,
    poolMs: pooled.ms,
    loopCores: loop.cores,
    poolCores: pooled.cores,
    loopAwayMs: loop.awayMs,
    poolAwayMs: pooled.awayMs,
  };
  console.log(JSON.stringify({ result }));
}

/** All tasks at once; meanwhile a ticker notes the longest time in which the loop did not come by. */
async function measure(way, tasks) {
  let done = false;
  let awayMs = 0;
  const ticking = (async () => {
    for (let last = performance.now(); !done; ) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const now = performance.now();
      awayMs = Math.max(awayMs, now - last);
      last = now;
    }
  })();
  await turn();
  const before = process.cpuUsage();
  const start = performance.now();
  await Promise.all(Array.from({ length: tasks }, way));
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  done = true;
  await ticking;
  return { ms, cores: (user + system) / 1_000 / ms, awayMs };
}

/** From the fastest of many tries: the one that nobody disturbed. */
function iterationsPerMs() {
  const iterations = 200_000;
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 100; i++) {
    const from = performance.now();
    compute(iterations);
    fastest = Math.min(fastest, performance.now() - from);
  }
  return iterations / fastest;
}
