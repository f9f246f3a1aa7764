// A TCP server on one event loop that answers bytes, and its clients in a thread of their own, which no burst delays.
// "p" is answered at once; "L" computes a burst on the loop first; "P" has a pool compute it.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { pool } from "@heddle/runtime";

export function burst(ms) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

if (isMainThread) await serve(JSON.parse(process.argv.at(-1)));
else if (workerData?.role === "clients") parentPort.postMessage(await ask(workerData));

async function serve(plan) {
  const cpu = pool(new URL(import.meta.url), { threads: 1 });
  await cpu.ready();
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => {});
    socket.on("data", async (bytes) => {
      if (bytes[0] === 0x4c) burst(plan.burstMs);
      if (bytes[0] === 0x50) await cpu.run("burst", [plan.burstMs]);
      socket.write(bytes);
    });
  }).listen(0, "127.0.0.1", 511);
  await once(server, "listening");
  const clients = new Worker(new URL(import.meta.url), {
    workerData: { ...plan, role: "clients", port: server.address().port },
  });
  const [result] = await once(clients, "message");
  console.log(JSON.stringify({ result }));
  process.exit(0);
}

async function ask({ port, connections, rounds, burstMs, windowMs, ratePerS, manyBursts }) {
  const computing = await open(port);
  const others = [];
  while (others.length < connections) {
    others.push(...(await Promise.all(Array.from({ length: 50 }, () => open(port)))));
  }

  /** A burst, and one request on every other connection while it computes: the latencies of those. */
  const duringBurst = async (command) => {
    const done = command === "p" ? null : computing(command, performance.now());
    await sleep(burstMs / 5);
    const latencies = await Promise.all(others.map((other) => other("p", performance.now())));
    await done;
    return latencies;
  };

  /** Requests at a fixed rate, on all connections in turn, and so many bursts among them. */
  const window = async (command, bursts) => {
    const requests = Math.round((ratePerS * windowMs) / 1_000);
    const start = performance.now() + 5;
    const answers = [];
    const extra = [];
    const every = bursts === 0 ? requests * 3 : Math.round(requests / bursts);
    for (let i = 0; i < requests; i++) {
      const due = start + (i * 1_000) / ratePerS;
      if (due > performance.now()) await sleep(due - performance.now());
      if (i % every === every >> 1) extra.push(computing(command, due));
      answers.push(others[i % others.length]("p", due));
    }
    await Promise.all(extra);
    return Promise.all(answers);
  };

  await duringBurst("L");
  await duringBurst("P");
  const late = { p: [], L: [], P: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [command, shares] of Object.entries(late)) {
      const latencies = await duringBurst(command);
      shares.push(latencies.filter((ms) => ms > burstMs * 0.4).length / latencies.length);
    }
  }
  const quiet = await window("L", 0);
  const one = await window("L", 1);
  const many = await window("L", manyBursts);
  const pooled = await window("P", manyBursts);
  // A rarer burst is the window with the one burst among so many windows without: they do not touch each other.
  const among = (windows) => Array.from({ length: windows - 1 }, () => quiet).flat();
  const seen = [[...one, ...among(30)], [...one, ...among(10)], [...one, ...among(3)], one, many];
  const percent = (bursts, windows) => (100 * bursts) / (windows * quiet.length);
  return {
    quietLate: median(late.p),
    loopLate: median(late.L),
    poolLate: median(late.P),
    percents: [percent(1, 30), percent(1, 10), percent(1, 3), percent(1, 1), percent(manyBursts, 1)],
    p99Ms: seen.map((latencies) => quantile(latencies, 0.99)),
    maxMs: seen.map((latencies) => quantile(latencies, 1)),
    quietP99Ms: quantile(quiet, 0.99),
    poolP99Ms: quantile(pooled, 0.99),
    poolMaxMs: quantile(pooled, 1),
  };
}

/** A connection, as a function that sends a byte and resolves with the time to its answer, counted from `from`. */
async function open(port) {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const waiting = [];
  socket.on("data", (bytes) => {
    for (const _ of bytes) {
      const { from, resolve } = waiting.shift();
      resolve(performance.now() - from);
    }
  });
  await once(socket, "connect");
  return (command, from) =>
    new Promise((resolve) => {
      waiting.push({ from, resolve });
      socket.write(command);
    });
}

function quantile(values, q) {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * q) - 1];
}

function median(values) {
  return quantile(values, 0.5);
}
