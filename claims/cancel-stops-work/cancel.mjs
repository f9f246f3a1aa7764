// Work in steps, cancelled early: promises with a signal that they look at or not, and tasks of a pool of @heddle/runtime
// that compute without a pause and look at their signal or not.
import { setTimeout as delay } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";
import { pool } from "@heddle/runtime";
import { task } from "@heddle/runtime/worker";

export function compute(shared, steps, stepMs, looks) {
  const done = new Int32Array(shared);
  for (let step = 0; step < steps; step++) {
    const end = performance.now() + stepMs;
    while (performance.now() < end) if (looks) task().signal.throwIfAborted();
    Atomics.add(done, 0, 1);
  }
}

if (isMainThread) await main(JSON.parse(process.argv.at(-1)));

async function main({ steps, stepMs, cancelAt, graceMs }) {
  /** Of what was left when it was cancelled, so much was done all the same. */
  async function share(start, done) {
    const abort = new AbortController();
    const working = start(abort.signal).catch(() => {});
    while (done() < cancelAt) await delay(1);
    const atCancel = done();
    abort.abort();
    await working;
    for (let seen = -1; seen < done(); ) {
      seen = done();
      await delay(stepMs * 5); // a caller of the pool is answered before the task has ended
    }
    return (done() - atCancel) / (steps - atCancel);
  }

  async function promise(looks) {
    let done = 0;
    const work = async (signal) => {
      for (let step = 0; step < steps; step++) {
        await delay(stepMs);
        if (looks) signal.throwIfAborted();
        done++;
      }
    };
    return share(work, () => done);
  }

  const cpu = pool(new URL(import.meta.url), { threads: 1, grace: graceMs });
  await cpu.ready();
  async function pooled(looks) {
    const shared = new SharedArrayBuffer(4);
    const done = new Int32Array(shared);
    const start = (signal) => cpu.run("compute", [shared, steps, stepMs, looks], { signal });
    return share(start, () => Atomics.load(done, 0));
  }

  const promises = Promise.all([promise(false), promise(true)]);
  const poolLooks = await pooled(true);
  const poolDeaf = await pooled(false);
  const [signalIgnored, signalHeeded] = await promises;
  const { replaced } = cpu.stats();
  await cpu.close();
  console.log(JSON.stringify({ result: { signalIgnored, signalHeeded, poolLooks, poolDeaf, replaced } }));
}
