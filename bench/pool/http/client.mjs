/**
 * An open loop over loopback: requests go out at Poisson moments fixed by the seed, whatever came back so far.
 * Latency of a request counts from its sending; how late the sending was is told beside it (`lagP99Ms`), because that is
 * this process waiting for a core, not the server.
 */
import { setPriority } from "node:os";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "../../shared/quantile.mjs";
import { arrivals, random } from "../../shared/random.mjs";
import { connections } from "./connections.mjs";

const ANSWER_WAIT_MS = 10_000;

const plan = JSON.parse(process.argv[2]);
process.stdin.resume().once("end", () => process.exit(1));
try {
  setPriority(-10); // a client that waits for a core would be measured as a slow server
} catch {
  // Only the superuser may; then the client takes its turn like anybody else.
}

const chance = random(plan.seed);
const untilMs = plan.warmMs + plan.windowMs;
const requests = [
  ...arrivals(plan.lightPerS, untilMs, chance).map((atMs) => ({ atMs, path: "/light" })),
  ...arrivals(plan.heavyPerS, untilMs, chance).map((atMs) => ({ atMs, path: "/heavy" })),
].sort((a, b) => a.atMs - b.atMs);

const ask = connections(plan.port);
const start = performance.now();
const pending = [];
for (const request of requests) {
  const aheadMs = start + request.atMs - performance.now();
  if (aheadMs > 0.5) await sleep(aheadMs);
  request.lagMs = performance.now() - start - request.atMs;
  pending.push(
    ask(request.path).then(({ status, ms }) => {
      request.failed = status !== 200;
      request.ms = ms;
    }),
  );
}
await Promise.race([Promise.allSettled(pending), sleep(ANSWER_WAIT_MS)]);

const counted = requests.filter((request) => request.atMs > plan.warmMs);
const failed = counted.filter((request) => request.failed !== false).length;
if (failed > 0) {
  console.error(`${failed} of ${counted.length} requests were not answered with 200`);
  process.exit(1);
}
const light = counted.filter((request) => request.path === "/light").map((request) => request.ms);
const heavy = counted.filter((request) => request.path === "/heavy").map((request) => request.ms);
console.log(
  JSON.stringify({
    tasks: counted.length,
    lightP50Ms: quantile(light, 0.5),
    lightP99Ms: quantile(light, 0.99),
    heavyP50Ms: quantile(heavy, 0.5),
    heavyP99Ms: quantile(heavy, 0.99),
    lagP99Ms: quantile(
      counted.map((request) => request.lagMs),
      0.99,
    ),
  }),
);
process.exit(0);
