// The same requests (wait, then compute) on an event loop alone, and on one that hands the computing to a pool.
// Poisson arrivals on their own clock inside the process; latency from the intended moment.
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";
import { pool } from "@heddle/runtime";

const LEAST_GOT = 0.9;
const MORE_ROUNDS = 3;
const sinks = new Int32Array(1);

/** The pool's task, and what the event loop alone does in its place. */
export function compute(iterations) {
  let x = 1;
  for (let i = 0; i < iterations; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
  sinks[0] = x;
}

if (isMainThread) await main(JSON.parse(process.argv.at(-1)));

async function main({ seed, loads, rounds, windowMs, waitMs, cpuMs, threads }) {
  const work = Math.round(cpuMs * iterationsPerMs());
  // Without the pool's lower priority: what else runs on this machine is to slow down both ways alike.
  const cpu = pool(new URL(import.meta.url), { threads, nice: 0 });
  await cpu.ready();
  await Promise.all(Array.from({ length: threads * 12 }, () => cpu.run("compute", [work])));
  const ways = {
    async: () => compute(work),
    hybrid: () => cpu.run("compute", [work]),
  };
  const best = loads.map(() => ({
    async: { p99Ms: Number.POSITIVE_INFINITY },
    hybrid: { p99Ms: Number.POSITIVE_INFINITY },
  }));
  // A window in which others had the cores says nothing about a pool: then some more are tried.
  const isStarved = (at) => best[at].hybrid.cores < LEAST_GOT * loads[at];
  for (let round = 0; round < rounds + MORE_ROUNDS; round++) {
    for (const [at, load] of loads.entries()) {
      if (round >= rounds && (load <= 1 || !isStarved(at))) continue;
      const arrivals = poisson(generator(seed), cpuMs / load, windowMs);
      for (const [name, way] of Object.entries(ways)) {
        const served = await serve(arrivals, { windowMs, waitMs }, way);
        if (served.p99Ms < best[at][name].p99Ms) best[at][name] = served;
      }
    }
  }
  const result = {
    asyncCores: best.map((each) => each.async.cores),
    asyncP99Ms: best.map((each) => each.async.p99Ms),
    hybridCores: best.map((each) => each.hybrid.cores),
    hybridP99Ms: best.map((each) => each.hybrid.p99Ms),
  };
  await cpu.close();
  console.log(JSON.stringify({ result }));
}

/** One window of arrivals, served to the end; the CPU is counted while they arrive, not while a backlog is served. */
async function serve(arrivals, { windowMs, waitMs }, way) {
  const start = performance.now() + 5;
  const cpuAtStart = process.cpuUsage();
  const used = sleep(windowMs).then(() => {
    const { user, system } = process.cpuUsage(cpuAtStart);
    return (user + system) / 1_000 / (performance.now() - start + 5);
  });
  const latencies = [];
  const request = async (arrival) => {
    await sleep(waitMs);
    await way();
    latencies.push(performance.now() - start - arrival);
  };
  const requests = [];
  for (const arrival of arrivals) {
    const early = start + arrival - performance.now();
    if (early > 0) await sleep(early);
    requests.push(request(arrival));
  }
  await Promise.all(requests);
  const sorted = latencies.sort((a, b) => a - b);
  return { cores: await used, p99Ms: sorted[Math.ceil(sorted.length * 0.99) - 1] };
}

function poisson(chance, meanGapMs, untilMs) {
  const arrivals = [];
  let at = 0;
  for (;;) {
    at -= Math.log(1 - chance()) * meanGapMs;
    if (at > untilMs) return arrivals;
    arrivals.push(at);
  }
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

/** mulberry32: uniform in [0, 1). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
