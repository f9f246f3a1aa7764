// A model of your own in the shortest form that keeps the contract of docs/models.md.
// Measure it:  heddle compare --workload wait --models node-event-loop --model examples/own-model/model.json
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const workload = JSON.parse(process.argv.at(-1));
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

say({ ready: {} });
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.startsWith("go")) continue;
  const { tasks, waitMs } = { ...workload, ...JSON.parse(line.slice(2) || "{}") };
  const from = performance.now();
  const shared = sleep(waitMs);
  const latencyMs = await Promise.all(
    Array.from({ length: tasks }, () => shared.then(() => performance.now() - from)),
  );
  say({ result: { latencyMs, totalMs: performance.now() - from } });
}
