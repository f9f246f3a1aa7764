// An HTTP server that answers every request after a wait, without computing anything. Reads lines: `hold N` keeps all
// answers back until N connections were accepted, `begin` and `end` count requests and CPU time between them.
import { createServer } from "node:http";
import { createInterface } from "node:readline";

const { waitMs } = JSON.parse(process.argv.at(-1));
const open = new Set();
let wanted = 0;
let held = [];
let requests = 0;
let since = { requests: 0, cpu: process.cpuUsage(), at: performance.now() };

const answer = (response) => {
  setTimeout(() => {
    requests += 1;
    response.end("ok");
  }, waitMs);
};

const server = createServer((_, response) => {
  if (wanted > 0) held.push(response);
  else answer(response);
});
server.keepAliveTimeout = 60_000;
// A loop that is busy with answers accepts hardly anybody: without the hold, part of the load would wait outside.
const release = () => {
  if (open.size < wanted) return;
  wanted = 0;
  for (const response of held) answer(response);
  held = [];
};
server.on("connection", (socket) => {
  open.add(socket);
  socket.on("close", () => open.delete(socket));
  release();
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
  console.log(JSON.stringify({ ready: { port: server.address().port } }));
});

const commands = createInterface({ input: process.stdin });
commands.on("line", (line) => {
  const [word, count] = line.split(" ");
  if (word === "hold") {
    wanted = Number(count);
    for (const socket of open) socket.destroy(); // of the load before
    open.clear();
  } else if (word === "begin") {
    since = { requests, cpu: process.cpuUsage(), at: performance.now() };
  } else if (word === "end") {
    const { user, system } = process.cpuUsage(since.cpu);
    const elapsedMs = performance.now() - since.at;
    const result = { requests: requests - since.requests, cpuMs: (user + system) / 1000, elapsedMs };
    console.log(JSON.stringify({ result }));
  }
});
commands.on("close", () => process.exit(0));
