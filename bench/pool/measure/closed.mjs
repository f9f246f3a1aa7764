/** A closed loop: a fixed number of tasks in flight; whoever has an answer asks again at once. */
import { performance } from "node:perf_hooks";
import { quantile } from "../../shared/quantile.mjs";
import { insist, tinyLoad, workLoad } from "./load.mjs";
import { cpuNow } from "./usage.mjs";

/** A clock is read once in so many tasks: at a million tasks/s reading it each time would be a tenth of the cost. */
const CLOCK_EVERY = 16;
/** Every 17th tiny task is timed: a prime, so that no lane of a power of two is always or never the one. */
const TIMED_EVERY = 17;

export async function measure(pool, { inFlight, sizes }, knobs) {
  const load = sizes === undefined ? tinyLoad() : workLoad(sizes, knobs);
  const timedEvery = sizes === undefined ? TIMED_EVERY : 1;
  await drive(pool, load, inFlight, timedEvery, knobs.warmMs);
  const before = cpuNow();
  const { tasks, elapsedMs, latenciesUs } = await drive(pool, load, inFlight, timedEvery, knobs.windowMs);
  const after = cpuNow();
  return {
    tasks,
    tasksPerS: (tasks * 1_000) / elapsedMs,
    wallUsPerTask: (elapsedMs * 1_000) / tasks,
    p50Us: quantile(latenciesUs, 0.5),
    p99Us: quantile(latenciesUs, 0.99),
    mainCpuUsPerTask: after.mainUs === null ? null : (after.mainUs - before.mainUs) / tasks,
    cpuUsPerTask: (after.processUs - before.processUs) / tasks,
  };
}

async function drive(pool, load, inFlight, timedEvery, forMs) {
  const latenciesUs = [];
  const start = performance.now();
  let end = start + forMs;
  let done = 0;
  let untilTimed = timedEvery;
  let over = false;

  async function lane() {
    while (!over) {
      const argument = load.next();
      const timed = --untilTimed === 0;
      if (timed) untilTimed = timedEvery;
      const asked = timed ? performance.now() : 0;
      const value = await pool.run(load.task, argument);
      if (timed) latenciesUs.push((performance.now() - asked) * 1_000);
      insist(load.isRight(argument, value), load.task, argument, value);
      if (over) return; // answers after the end belong to no window
      done++;
      if (done % CLOCK_EVERY === 0 && performance.now() >= end) {
        end = performance.now();
        over = true;
      }
    }
  }

  await Promise.all(Array.from({ length: inFlight }, lane));
  return { tasks: done, elapsedMs: end - start, latenciesUs };
}
