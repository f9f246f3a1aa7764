/** A program: how many bytes 100,000 timed-out acquires, cancelled ones and lost races leave behind each. */
import { configure } from "../../src/group/config.js";
import { group, timeout } from "../../src/group/group.js";
import { Mutex } from "../../src/lock/index.js";

configure({ reports: process.argv[2] === "on" ? "on" : "off" });
const N = 100_000;
const mutex = new Mutex({ name: "held" });
const guard = await mutex.acquire();

async function round(count: number): Promise<void> {
  for (let i = 0; i < count / 2; i += 1_000) {
    await Promise.allSettled(Array.from({ length: 1_000 }, () => mutex.acquire({ timeout: 1 })));
    await group((g) => {
      for (let j = 0; j < 1_000; j++) {
        g.spawn(() => mutex.acquire());
      }
      g.cancel();
    }).catch(() => {});
  }
  await timeout(5, () => mutex.acquire()).catch(() => {});
}

async function heap(): Promise<number> {
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

await round(N / 2);
// What a wait leaves behind is left in every round; code that V8 compiles meanwhile is not.
let least = Number.POSITIVE_INFINITY;
for (let attempt = 0; attempt < 3; attempt++) {
  const before = await heap();
  await round(N);
  least = Math.min(least, (await heap()) - before);
}
guard.release();
console.log(JSON.stringify({ perWait: least / N, waiting: mutex.stats().waiting }));
