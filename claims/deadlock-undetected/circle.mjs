// Two tasks of @heddle/runtime in a circle of locks, in a process that also has a server and a timer.
import { createServer } from "node:http";
import { configure, group, Mutex, onReport, sleep } from "@heddle/runtime";

configure({ reports: "on" });
const server = createServer().listen(0, "127.0.0.1");
setInterval(() => {}, 50);
const startedAt = performance.now();
onReport(({ kind, edges }) => {
  if (kind === "deadlock") leave(performance.now() - startedAt, edges?.length ?? 0);
});
setTimeout(leave, 3_000, -1, 0);

function leave(ms, edges) {
  server.close();
  console.log(JSON.stringify({ result: { ms, edges } }));
  process.exit(0);
}

const books = new Mutex({ name: "books" });
const till = new Mutex({ name: "till" });
const both = async (first, second) => {
  await first.acquire();
  await sleep(10);
  await second.acquire();
};
await group((g) => {
  g.spawn(() => both(books, till));
  g.spawn(() => both(till, books));
});
