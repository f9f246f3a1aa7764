import { createServer } from "node:http";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { downstream } from "./downstream.mjs";
import { body, kernel } from "./kernel.mjs";
import { SERVE_RESOLUTION_MS, watchLoop } from "./loop.mjs";
import { countUsage } from "./usage.mjs";

/** Computes where the event loop is: the default place. */
const onLoop = (rounds) => kernel(rounds);

/**
 * An HTTP server that waits on the event loop and computes where `compute(rounds)` says. `request(workload, call)`
 * replaces both, for models that give the whole request away.
 */
export async function serve(workload, { compute = onLoop, request } = {}) {
  let current = workload;
  let call = workload.downstream ? downstream(workload.downstream) : undefined;
  let requests = 0;
  let window;

  const handle =
    request ??
    (async ({ ioMs, cpuRounds }) => {
      if (call !== undefined) await call(ioMs);
      else if (ioMs > 0) await sleep(ioMs);
      return compute(cpuRounds);
    });

  const server = createServer(async (_request, response) => {
    try {
      const text = body(await handle(current, call));
      requests++;
      response.writeHead(200, { "Content-Type": "text/plain", "Content-Length": text.length }).end(text);
    } catch (error) {
      process.stderr.write(`${error?.stack ?? error}\n`);
      response.writeHead(502, { "Content-Length": 0 }).end();
    }
  });
  // Connections that stay silent for long are part of the workload: nothing may close them.
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(
      { host: workload.host ?? "127.0.0.1", port: workload.port ?? 0, backlog: workload.backlog ?? 4096 },
      resolve,
    );
  });

  return {
    ready: { port: server.address().port },
    async go(next) {
      if (next.downstream?.port !== current.downstream?.port)
        call = next.downstream ? downstream(next.downstream) : undefined;
      current = next;
      const loop = watchLoop(SERVE_RESOLUTION_MS);
      await loop.start();
      requests = 0;
      window = { loop, usage: countUsage() };
    },
    async stop() {
      if (window === undefined) return { requests };
      const result = { requests, usage: window.usage() };
      const delays = window.loop.stop();
      window = undefined;
      return { ...result, loop: await delays?.() };
    },
  };
}
