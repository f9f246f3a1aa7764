import cluster from "node:cluster";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import process from "node:process";
import { now, rounded } from "../shared/node/clock.mjs";
import { eventLoop } from "../shared/node/event-loop.mjs";
import { program } from "../shared/node/program.mjs";
import { countUsage, sumUsage } from "../shared/node/usage.mjs";

const workers = [];

/** A worker in the middle of computing would not hear that its primary is gone. */
function killWorkers() {
  for (const worker of workers) worker.process.kill("SIGKILL");
}

export async function runPrimary() {
  process.on("SIGTERM", () => {
    killWorkers();
    process.exit(0);
  });
  await program(prepare, { onExit: killWorkers });
}

async function prepare(workload) {
  if (workload.kind === "calibrate") return eventLoop(workload);
  for (let i = 0; i < (workload.cores ?? availableParallelism()); i++) {
    const worker = cluster.fork();
    worker.on("exit", (code, signal) => {
      throw new Error(`a worker died (${signal ?? code})`);
    });
    workers.push(worker);
  }
  // Workers have our arguments and prepare on their own.
  const [ready] = await Promise.all(workers.map(answerOf));
  return workload.kind === "serve" ? served(ready) : dealt();
}

async function answerOf(worker) {
  const [message] = await once(worker, "message");
  return message.done;
}

/** Sends every worker its message and waits for all the answers. */
function tellAll(message) {
  return Promise.all(
    workers.map((worker, i) => {
      worker.send(message(i));
      return answerOf(worker);
    }),
  );
}

/** wait and hash: every worker gets its share of the tasks in one message. */
function dealt() {
  return {
    async go(workload) {
      // Two steps, so that the clock starts when every worker is prepared.
      await tellAll((i) => ({ go: { ...workload, tasks: share(workload.tasks, i) } }));
      const usage = countUsage();
      const origin = now();
      const results = await tellAll(() => ({ origin }));
      const latencyMs = results.flatMap((result) => result.latencyMs);
      return {
        latencyMs,
        insideMs: results.flatMap((result) => result.insideMs),
        totalMs: rounded(latencyMs.reduce((most, ms) => Math.max(most, ms), 0)),
        digest: results[0].digest,
        singleMs: results[0].singleMs,
        ...together(results, usage()),
      };
    },
  };
}

const share = (tasks, i) => Math.floor(tasks / workers.length) + (i < tasks % workers.length ? 1 : 0);

function served(ready) {
  let usage = countUsage();
  return {
    ready,
    async go(workload) {
      await tellAll(() => ({ go: workload }));
      usage = countUsage();
    },
    async stop() {
      const results = await tellAll(() => ({ stop: true }));
      const requests = results.reduce((sum, result) => sum + result.requests, 0);
      return { requests, ...together(results, usage()) };
    },
  };
}

/** Consumption is summed; of the loops the worst delays and the mean utilization are told. */
function together(results, own) {
  const loops = results.map((result) => result.loop).filter((loop) => loop !== undefined);
  const worst = (key) => Math.max(...loops.map((loop) => loop[key]));
  return {
    usage: sumUsage([own, ...results.map((result) => result.usage)]),
    loop:
      loops.length === 0
        ? undefined
        : {
            delayP50Ms: worst("delayP50Ms"),
            delayP99Ms: worst("delayP99Ms"),
            delayMaxMs: worst("delayMaxMs"),
            utilization: rounded(loops.reduce((sum, loop) => sum + loop.utilization, 0) / loops.length),
          },
  };
}
