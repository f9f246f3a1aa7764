import { execFileSync } from "node:child_process";
import { nsPerOperation } from "./loop.mjs";

/** One sender, one receiver with `for await`; ns per item. */
export function throughChannel({ channel }, capacity, items = 100_000) {
  return nsPerOperation(async (n) => {
    const jobs = channel(capacity);
    const sender = (async () => {
      for (let i = 0; i < n; i++) await jobs.send(i);
      jobs.close();
    })();
    let sum = 0;
    for await (const job of jobs) sum += job;
    await sender;
    if (sum !== (n * (n - 1)) / 2) throw new Error(`wrong sum ${sum}`);
  }, items);
}

export function throughGo(capacity) {
  const out = execFileSync(process.env.HEDDLE_BENCH_GO, ["-capacity", String(capacity)], {
    encoding: "utf8",
  });
  return JSON.parse(out).value;
}
