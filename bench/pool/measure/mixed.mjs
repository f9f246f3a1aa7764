/**
 * An open loop of short tasks with a few long ones among them. Latency counts from the scheduled moment, so a main
 * thread that is kept from submitting is seen too.
 */
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "../../shared/quantile.mjs";
import { arrivals, random } from "../../shared/random.mjs";
import { nowUs, work } from "../task/tasks.mjs";
import { insist } from "./load.mjs";
import { idealLatencies, waitedBesideFree } from "./placing.mjs";

const WARM_MS = 300;
/** Far above what handing a task over takes on a busy machine, far below the 50 ms it would take to wait for a long one. */
const MISPLACED_US = 10_000;

export async function measure(pool, { perS, shortUs, longUs, longShare }, knobs) {
  const chance = random(knobs.seed);
  const rounds = {
    short: Math.round(shortUs * knobs.roundsPerUs),
    long: Math.round(longUs * knobs.roundsPerUs),
  };
  const answers = { short: work(rounds.short), long: work(rounds.long) };
  const plan = arrivals(perS, WARM_MS + knobs.arrivalsMs, chance).map((atMs) => ({
    atMs,
    size: atMs > WARM_MS && chance() < longShare ? "long" : "short",
  }));
  // Both threads have compiled the loop before the first task counts.
  await Promise.all(Array.from({ length: 32 }, () => pool.run("timedWork", rounds.short)));

  const startMs = performance.now();
  const zeroUs = nowUs();
  const pending = [];
  for (const task of plan) {
    const aheadMs = startMs + task.atMs - performance.now();
    if (aheadMs > 0.5) await sleep(aheadMs);
    pending.push(submit(pool, task, rounds[task.size], answers[task.size]));
  }
  await Promise.all(pending);

  const counted = plan.filter((task) => task.atMs > WARM_MS);
  const short = counted.filter((task) => task.size === "short");
  const besideFreeUs = waitedBesideFree(plan);
  return {
    tasks: counted.length,
    longTasks: counted.length - short.length,
    p50Us: quantile(short.map(latencyUs), 0.5),
    p99Us: quantile(short.map(latencyUs), 0.99),
    idealP99Us: quantile(
      idealLatencies(plan, (task) => zeroUs + task.atMs * 1_000, WARM_MS),
      0.99,
    ),
    waitedBesideFree: besideFreeUs.filter((us) => us > MISPLACED_US).length,
    longestBesideFreeUs: besideFreeUs.reduce((longest, us) => Math.max(longest, us), 0),
  };

  function latencyUs(task) {
    return task.doneUs - (zeroUs + task.atMs * 1_000);
  }
}

async function submit(pool, task, rounds, answer) {
  task.askedUs = nowUs();
  const { sum, startUs, endUs } = await pool.run("timedWork", rounds);
  task.doneUs = nowUs();
  insist(sum === answer, "timedWork", rounds, sum);
  Object.assign(task, { startUs, endUs });
}
