/** One task at a time: back to back, and after a rest of 1 ms, when nothing can still be spinning for it. */
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "../../shared/quantile.mjs";
import { startBurners } from "./burners.mjs";
import { insist, tinyLoad } from "./load.mjs";

const RESTED = 100;
/** What learns from recent service times gets this long to learn that the cores are taken. */
const SETTLE_MS = 300;

export async function measure(pool, { busy }, { warmMs, windowMs }) {
  const load = tinyLoad();
  await backToBack(pool, load, warmMs);
  const stopBurners = busy ? startBurners() : () => {};
  if (busy) await backToBack(pool, load, SETTLE_MS);
  const latenciesUs = await backToBack(pool, load, windowMs);
  const restedUs = busy ? [] : await rested(pool, load);
  stopBurners();
  return {
    tasks: latenciesUs.length,
    p50Us: quantile(latenciesUs, 0.5),
    p99Us: quantile(latenciesUs, 0.99),
    restedP50Us: busy ? null : quantile(restedUs, 0.5),
  };
}

async function backToBack(pool, load, forMs) {
  const latenciesUs = [];
  const end = performance.now() + forMs;
  while (performance.now() < end) latenciesUs.push(await once(pool, load));
  return latenciesUs;
}

async function rested(pool, load) {
  const latenciesUs = [];
  for (let task = 0; task < RESTED; task++) {
    await sleep(1);
    latenciesUs.push(await once(pool, load));
  }
  return latenciesUs;
}

async function once(pool, load) {
  const argument = load.next();
  const start = performance.now();
  const value = await pool.run(load.task, argument);
  const us = (performance.now() - start) * 1_000;
  insist(load.isRight(argument, value), load.task, argument, value);
  return us;
}
