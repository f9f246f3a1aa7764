/**
 * A server that answers light requests on its loop and sends heavy ones to the pool. It lives in this process; the
 * client is another one, which says what it saw in one JSON line.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { insist, workLoad } from "./load.mjs";
import { cpuNow } from "./usage.mjs";

const client = fileURLToPath(new URL("../http/client.mjs", import.meta.url));
const CORES = 2;
const CLIENT_WARM_MS = 500;

export async function measure(pool, { utilization, heavyUs, lightPerS }, knobs) {
  const load = workLoad([[heavyUs, 1]], knobs);
  await Promise.all(Array.from({ length: 4 }, () => heavy(pool, load)));
  let failure = null;
  const server = createServer((request, response) => {
    if (request.url === "/light") return response.end("light");
    heavy(pool, load)
      .then((sum) => response.end(String(sum)))
      .catch((error) => {
        failure = error;
        response.writeHead(500).end();
      });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const plan = {
    port: server.address().port,
    seed: knobs.seed,
    lightPerS,
    heavyPerS: (utilization * CORES * 1e6) / heavyUs,
    warmMs: CLIENT_WARM_MS,
    windowMs: knobs.arrivalsMs,
  };
  const before = cpuNow();
  const start = performance.now();
  const seen = await runClient(plan);
  const wallUs = (performance.now() - start) * 1_000;
  server.closeAllConnections();
  server.close();
  if (failure !== null) throw failure;
  return { ...seen, serverCores: (cpuNow().processUs - before.processUs) / wallUs };
}

async function heavy(pool, load) {
  const argument = load.next();
  const value = await pool.run(load.task, argument);
  insist(load.isRight(argument, value), load.task, argument, value);
  return value;
}

async function runClient(plan) {
  // Its stdin ends when this process does, however it dies; then the client ends too.
  const child = spawn(process.execPath, [client, JSON.stringify(plan)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const [line, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  process.off("exit", kill);
  if (code !== 0) throw new Error(`the HTTP client ended with code ${code}`);
  return JSON.parse(line);
}
