// /fast answers at once. /inline computes for `slowMs` in its callback, /pool gives the same to a worker thread; both
// answer with when the computing began and ended, on the clock that all processes of a machine share.
import { createServer } from "node:http";
import { isMainThread } from "node:worker_threads";
import { pool } from "@heddle/runtime";

const now = () => Number(process.hrtime.bigint()) / 1e6;

export function compute(ms) {
  const from = now();
  while (now() < from + ms);
  return { from, to: now() };
}

if (isMainThread) {
  const { slowMs } = JSON.parse(process.argv.at(-1));
  const cpu = pool(new URL(import.meta.url), { threads: 1 });
  await cpu.run("compute", [1]);
  const answers = {
    "/fast": () => ({}),
    "/inline": () => compute(slowMs),
    "/pool": () => cpu.run("compute", [slowMs]),
  };
  const server = createServer(async ({ url }, response) =>
    response.end(JSON.stringify(await answers[url]())),
  );
  server.listen(0, "127.0.0.1", () =>
    console.log(JSON.stringify({ ready: { port: server.address().port } })),
  );
  process.stdin.on("end", () => process.exit(0)).resume();
}
