/** What a pool costs while nobody asks it for anything. Off Linux the switches are null. */
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { insist, tinyLoad } from "./load.mjs";
import { cpuNow, voluntarySwitches } from "./usage.mjs";

const TASKS_BEFORE = 2_000;

export async function measure(pool, _options, { idleAfterMs, idleMs }) {
  const load = tinyLoad();
  for (let task = 0; task < TASKS_BEFORE; task++) {
    const argument = load.next();
    const value = await pool.run(load.task, argument);
    insist(load.isRight(argument, value), load.task, argument, value);
  }
  await sleep(idleAfterMs);

  const switches = voluntarySwitches();
  const cpu = cpuNow();
  const start = performance.now();
  await sleep(idleMs);
  const elapsedMs = performance.now() - start;
  const usedUs = cpuNow().processUs - cpu.processUs;
  const slept = switches === null ? null : voluntarySwitches() - switches;
  return {
    tasks: TASKS_BEFORE,
    cpuPercent: usedUs / 10 / elapsedMs,
    switches: slept,
    switchesPerS: slept === null ? null : (slept * 1_000) / elapsedMs,
  };
}
