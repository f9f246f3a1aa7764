/**
 * The load generator beside wrk, on this machine, and what the generator itself costs.
 *
 *   npm run build && node bench/load/main.mjs [pairs=7] [seconds=3]
 *
 * Closed loop: requests per second of both against the same server, in pairs of alternating order, as a ratio with its
 * 95 % bootstrap interval, and CPU time per request. Open loop: CPU and send lag at several rates.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { judgeLoad } from "../../packages/lab/dist-load/src/load/judge.js";
import { runLoad } from "../../packages/lab/dist-load/src/load/run.js";
import { random } from "../../packages/lab/dist-load/src/statistics/random.js";

const pairs = Number(process.argv[2] ?? 7);
const seconds = Number(process.argv[3] ?? 3);
const connections = 64;

const server = spawn(process.execPath, [fileURLToPath(new URL("./server.mjs", import.meta.url))], {
  stdio: ["pipe", "pipe", "inherit"],
});
const lines = createInterface({ input: server.stdout });
const port = Number((await lines[Symbol.asyncIterator]().next()).value);

console.log(`closed loop, ${connections} connections, ${pairs} pairs of ${seconds} s`);
const rows = [];
for (let pair = 0; pair < pairs; pair++) {
  const order = pair % 2 === 0 ? [ours, wrk] : [wrk, ours];
  const measured = new Map();
  for (const measure of order) measured.set(measure, await measure());
  rows.push({ ours: measured.get(ours), wrk: measured.get(wrk) });
}
for (const name of ["ours", "wrk"]) {
  const perS = median(rows.map((row) => row[name].perS));
  const cpuUs = median(rows.map((row) => row[name].cpuUs));
  console.log(
    `${name.padEnd(5)} ${perS.toFixed(0).padStart(8)} requests/s ${cpuUs.toFixed(1).padStart(6)} us CPU per request`,
  );
}
report(
  "requests/s, ours / wrk",
  rows.map((row) => row.ours.perS / row.wrk.perS),
);
report(
  "CPU per request, ours / wrk",
  rows.map((row) => row.ours.cpuUs / row.wrk.cpuUs),
);

console.log("\nopen loop, poisson, 1,000 connections");
for (const ratePerS of [500, 2_000, 10_000, 20_000]) {
  const plan = planFor({ mode: "open", connections: 1_000, ratePerS, durationS: seconds });
  const result = await runLoad(plan);
  const { p50, p99 } = result.sendLagMs;
  const cpu = `${(result.cpuShare * 100).toFixed(1)} % of a core`;
  const lag = `send lag p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
  console.log(`${String(ratePerS).padStart(6)}/s  ${cpu}, ${lag}; ${judgeLoad(plan, result) ?? "valid"}`);
}
server.stdin.end();

async function ours() {
  const result = await runLoad(planFor({ mode: "closed", connections, durationS: seconds }));
  const answered = Math.max(result.answered, 1);
  return { perS: answered / result.windowS, cpuUs: (result.cpuShare * result.windowS * 1e6) / answered };
}

async function wrk() {
  const before = childCpuMs();
  const child = spawn("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, `http://127.0.0.1:${port}/`]);
  let text = "";
  child.stdout.on("data", (piece) => {
    text += piece;
  });
  await new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  const perS = Number(/Requests\/sec:\s*([\d.]+)/.exec(text)[1]);
  const count = Number(/(\d+) requests in/.exec(text)[1]);
  return { perS, cpuUs: ((childCpuMs() - before) * 1_000) / count };
}

function planFor(changes) {
  return {
    host: "127.0.0.1",
    port,
    path: "/",
    ratePerS: 1,
    arrivals: "poisson",
    seed: 1,
    warmupS: 1,
    timeoutMs: 5_000,
    expectBody: null,
    nice: -10,
    cpus: null,
    ...changes,
  };
}

/** CPU time of all children that have ended and were waited for, from /proc, in steps of 10 ms. */
function childCpuMs() {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function report(what, ratios) {
  const chance = random(1);
  const medians = Array.from({ length: 2_000 }, () =>
    median(ratios.map(() => ratios[chance.int(ratios.length)])),
  );
  medians.sort((a, b) => a - b);
  const [low, high] = [medians[49], medians[1949]].map((value) => value.toFixed(3));
  console.log(`${what}: ${median(ratios).toFixed(3)} [${low}, ${high}]`);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
