// A server that computes for tens of milliseconds per request and stays awake meanwhile.
//
//   node examples/pool-server/server.mjs                        (listens on PORT, 3000 without it; 0 takes a free one)
//   curl --data 'correct horse' http://127.0.0.1:3000/hash
//   curl http://127.0.0.1:3000/health
//   curl http://127.0.0.1:3000/metrics                          (Prometheus)
//
// On the event loop, every hash would hold up every other request, the health check included, and a busy server would be
// taken for a dead one. In the pool it holds up a worker thread. A client that leaves takes its hash with it, one that
// waits longer than two seconds is told so, and SIGTERM lets what was begun come to its end.
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { isHeddleError, pool, prometheus, prometheusContentType } from "@heddle/runtime";

const ROUNDS = Number(process.env.ROUNDS ?? 30_000);

/** @type {import("@heddle/runtime").TaskPool<typeof import("./tasks.mjs")>} */
const cpu = pool(new URL("./tasks.mjs", import.meta.url), { name: "hashing" });

const server = createServer(async (request, response) => {
  if (request.url === "/health") {
    response.end("ok\n");
  } else if (request.url === "/metrics") {
    response.setHeader("content-type", prometheusContentType).end(prometheus());
  } else if (request.url === "/hash" && request.method === "POST") {
    const gone = new AbortController();
    response.on("close", () => gone.abort("the client has left"));
    try {
      const hash = await cpu.run("stretch", [await text(request), ROUNDS], {
        signal: gone.signal,
        timeout: 2_000,
      });
      response.end(`${hash}\n`);
    } catch (error) {
      if (isHeddleError(error, "CANCELLED")) return;
      const late = isHeddleError(error, "TIMEOUT");
      if (!late) console.error(error);
      response.writeHead(late ? 503 : 500).end(late ? "too busy, try again\n" : "failed\n");
    }
  } else {
    response.writeHead(404).end("POST /hash, GET /health, GET /metrics\n");
  }
});

server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
await once(server, "listening");
const address = server.address();
console.log(`listening on http://127.0.0.1:${typeof address === "object" ? address?.port : address}/`);

process.once("SIGTERM", async () => {
  server.close();
  await cpu.close(); // what was accepted is computed and answered
  server.closeAllConnections(); // only kept-alive ones are left
});
