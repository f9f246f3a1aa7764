// Two tasks, two mutexes of @heddle/runtime: stuck, in one order, and in opposite orders one after the other.
import { configure, group, Mutex, onReport, sleep } from "@heddle/runtime";

/** Tasks that have not ended so long after both hold one lock never will; a report has come by then. */
const HANG_MS = 700;
const { how } = JSON.parse(process.argv.at(-1));
configure({ reports: "on" });
const startedAt = performance.now();
let inversions = 0;
let circle = { edges: 0, ms: -1 };
onReport(({ kind, edges }) => {
  if (kind === "lock-order") inversions++;
  if (kind === "deadlock") circle = { edges: edges?.length ?? 0, ms: performance.now() - startedAt };
});

const books = new Mutex({ name: "books" });
const till = new Mutex({ name: "till" });
let holding = 0;
let ended = 0;

function leave() {
  console.log(JSON.stringify({ result: { ended, inversions, ...circle } }));
  process.exit(0);
}

async function both(first, second, holdMs) {
  const one = await first.acquire();
  if (++holding === 2 && how === "opposite") setTimeout(leave, HANG_MS);
  if (holdMs > 0) await sleep(holdMs);
  const two = await second.acquire();
  two.release();
  one.release();
  ended++;
}

const pair = how === "same" ? [books, till] : [till, books];
await group(async (g) => {
  const pay = g.spawn(() => both(books, till, how === "after" ? 0 : 20), { name: "pay" });
  if (how === "after") await pay;
  g.spawn(() => both(...pair, how === "after" ? 0 : 20), { name: "audit" });
});
leave();
