// A server that stays fast when more is asked of it than it can do, by saying no at once to the rest.
//
//   node examples/shed/server.mjs                               (listens on PORT, 3000 without it; 0 takes a free one)
//   for i in $(seq 40); do curl -so /dev/null -w '%{http_code}\n' http://127.0.0.1:3000/report & done; wait
//
// Without a bound, an overloaded server queues: everybody waits longer and longer, and in the end computes answers for
// clients that gave up long ago. Here two threads work and four requests wait; the next one gets 503 with a Retry-After
// before anything was computed for it. What is accepted is answered within the time of a few reports, whatever the load.
import { once } from "node:events";
import { createServer } from "node:http";
import { isHeddleError, pool } from "@heddle/runtime";

const ROWS = Number(process.env.ROWS ?? 100_000);

/** @type {import("@heddle/runtime").TaskPool<typeof import("./tasks.mjs")>} */
const reports = pool(new URL("./tasks.mjs", import.meta.url), {
  name: "reports",
  threads: 2,
  queue: { capacity: 4, onFull: "reject" },
});

const server = createServer(async (request, response) => {
  if (request.url === "/stats") {
    const { running, queued, completed, refused } = reports.stats();
    response.end(JSON.stringify({ running, queued, completed, refused }));
    return;
  }
  try {
    const page = await reports.call.report(ROWS);
    response.writeHead(200, { "content-type": "text/csv", "content-encoding": "gzip" }).end(page);
  } catch (error) {
    const full = isHeddleError(error, "QUEUE_FULL");
    if (!full) console.error(error);
    response.writeHead(full ? 503 : 500, full ? { "retry-after": "1" } : {}).end();
  }
});

server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
await once(server, "listening");
const address = server.address();
console.log(`listening on http://127.0.0.1:${typeof address === "object" ? address?.port : address}/`);

process.once("SIGTERM", async () => {
  server.close();
  await reports.close(); // what was accepted is computed and answered
  server.closeAllConnections(); // only kept-alive ones are left
});
