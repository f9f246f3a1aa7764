// Holds pending timers with a callback, async functions that wait, idle TCP or HTTP connections; or opens such connections.
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const { role, port } = JSON.parse(process.argv.at(-1));
const HOUR_MS = 3_600_000;
const kept = [];

async function waitForIt(at) {
  await new Promise((resolve) => setTimeout(resolve, HOUR_MS));
  return at;
}

async function connect() {
  const socket = net.connect({ host: "127.0.0.1", port });
  await once(socket, "connect");
  // Both servers answer it: one with the same bytes, the other with a response.
  socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await once(socket, "data");
  socket.resume();
  return socket;
}

const grow = {
  callbacks: (at) => setTimeout(() => kept.push(at), HOUR_MS),
  promises: (at) => waitForIt(at),
  client: () => connect(),
}[role];

async function serve(server) {
  server.listen({ host: "127.0.0.1", port: 0, backlog: 1024 });
  await once(server, "listening");
  return server.address().port;
}

const servers = {
  tcp: () => net.createServer((socket) => socket.on("data", (bytes) => socket.write(bytes))),
  http: () => http.createServer({ keepAliveTimeout: 0 }, (_request, response) => response.end("hello")),
};
const server = servers[role]?.();
console.log(JSON.stringify({ ready: { port: server === undefined ? 1 : await serve(server) } }));

const lines = createInterface({ input: process.stdin });
lines.on("close", () => process.exit(0));
for await (const line of lines) {
  const { count } = JSON.parse(line);
  while (grow !== undefined && kept.length < count) {
    // Some at a time: a queue of 1,000 unanswered connections would overflow the backlog.
    const some = Array.from({ length: Math.min(200, count - kept.length) }, (_, at) => grow(at));
    kept.push(...(role === "client" ? await Promise.all(some) : some));
  }
  await sleep(30);
  // Garbage is not the price of a connection: it is freed before we are weighed.
  globalThis.gc?.();
  globalThis.gc?.();
  console.log('{"result":{}}');
}
