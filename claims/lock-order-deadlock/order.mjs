// Two tasks, two mutexes of @heddle/runtime: stuck, in one order, and in opposite orders one after the other.
import { configure, group, Mutex, onReport, sleep } from "@heddle/runtime";

const { how } = JSON.parse(process.argv.at(-1));
configure({ reports: "on" });
const startedAt = performance.now();
const seen = { "lock-order": 0, deadlock: 0 };
onReport(({ kind, edges }) => {
  seen[kind]++;
  const ms = performance.now() - startedAt;
  console.log(JSON.stringify({ report: kind, edges: edges?.length ?? 0, ms }));
});
setInterval(() => {}, 1_000); // a server would be alive as well; without that Node leaves as soon as all are stuck

const books = new Mutex({ name: "books" });
const till = new Mutex({ name: "till" });
let holding = 0;

async function both(first, second, holdMs) {
  const one = await first.acquire();
  if (++holding === 2) console.log("second lock asked for");
  if (holdMs > 0) await sleep(holdMs);
  const two = await second.acquire();
  two.release();
  one.release();
}

const pair = how === "same" ? [books, till] : [till, books];
await group(async (g) => {
  const pay = g.spawn(() => both(books, till, how === "after" ? 0 : 20), { name: "pay" });
  if (how === "after") await pay;
  g.spawn(() => both(...pair, how === "after" ? 0 : 20), { name: "audit" });
});
console.log(
  JSON.stringify({ result: { ended: 1, inversions: seen["lock-order"], deadlocks: seen.deadlock } }),
);
process.exit(0);
