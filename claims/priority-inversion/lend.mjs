// One worker, a lock, and three kinds of tasks: its holder calls the pool behind many others; an urgent one asks for the lock.
import { isMainThread } from "node:worker_threads";
import { group, Mutex, pool, sleep } from "@heddle/runtime";

export function spin(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

if (isMainThread) {
  const { others } = JSON.parse(process.argv.at(-1));
  const cpu = pool(new URL(import.meta.url), { threads: 1 });
  await cpu.ready();
  const plain = await othersBefore(cpu, others, undefined);
  const lent = await othersBefore(cpu, others, { priority: 10 });
  await cpu.close();
  console.log(JSON.stringify({ result: { plain, lent } }));
}

/** How many of the other calls were served before the urgent task had the lock. */
async function othersBefore(cpu, others, urgency) {
  const mutex = new Mutex({ name: "ledger" });
  let served = 0;
  let before = -1;
  await group(async (g) => {
    g.spawn(() => cpu.run("spin", [30])); // the queue builds up behind it
    g.spawn(async () => {
      const guard = await mutex.acquire();
      await cpu.run("spin", [1]);
      guard.release();
    });
    for (let index = 0; index < others; index++) {
      g.spawn(async () => {
        await cpu.run("spin", [1], { priority: 5 });
        served++;
      });
    }
    await sleep(5);
    const guard = await mutex.acquire(urgency);
    before = served;
    guard.release();
  });
  return before;
}
