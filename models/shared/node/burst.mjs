import { now, rounded } from "./clock.mjs";
import { BURST_RESOLUTION_MS, watchLoop } from "./loop.mjs";
import { countUsage } from "./usage.mjs";

/**
 * Submits `tasks` tasks at once and waits for all. `task()` gives a promise, or a plain value if it was done at
 * once; the value may be `{ insideMs, digest }`, with `insideMs` when the work happened elsewhere. `begin` is awaited
 * when all is prepared and gives the moment the burst began, on the clock of clock.mjs.
 */
export async function burst(tasks, task, begin = now) {
  const loop = watchLoop(BURST_RESOLUTION_MS);
  await loop.start();
  const latencyMs = new Array(tasks);
  const insideMs = new Array(tasks);
  let digest;
  const usage = countUsage();
  const first = await begin();
  const run = async (i) => {
    const began = now();
    const started = task();
    // Work done at once must not wait for its turn in the microtask queue before its clock stops.
    const done = started instanceof Promise ? await started : started;
    const ended = now();
    latencyMs[i] = rounded(ended - first);
    insideMs[i] = rounded(done?.insideMs ?? ended - began);
    digest ??= done?.digest;
  };
  await Promise.all(Array.from({ length: tasks }, (_, i) => run(i)));
  const totalMs = rounded(now() - first);
  const used = usage();
  const delays = loop.stop();
  return { latencyMs, insideMs, totalMs, digest, usage: used, loop: await delays?.() };
}
