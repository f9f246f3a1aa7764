import process from "node:process";
import { createInterface } from "node:readline";

const KINDS = ["wait", "hash", "serve", "calibrate"];

/** The workload: the last argument. A bad one is the caller's mistake: one line, exit 2. */
export function workloadArgument() {
  const text = process.argv.at(-1);
  try {
    const workload = JSON.parse(text);
    if (KINDS.includes(workload?.kind)) return workload;
  } catch {
    // Falls through to the one message for both mistakes.
  }
  process.stderr.write(`expected one JSON argument, a workload of kind ${KINDS.join(", ")}; got: ${text}\n`);
  process.exit(2);
}

export const answer = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/**
 * Obeys the lab: `prepare(workload)` gives `{ ready, go, stop }`. `go(workload)` may return a result, which is
 * printed; `stop` (serve only) must. Ends the process when stdin ends. SIGTERM keeps its default, which ends it
 * even while this thread computes; `onExit` is for models with child processes.
 */
export async function program(prepare, { onExit = () => {} } = {}) {
  const workload = workloadArgument();
  const leave = (code) => {
    onExit();
    process.exit(code);
  };
  const fail = (error) => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    leave(1);
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  process.stdout.on("error", () => leave(1));
  const lines = createInterface({ input: process.stdin });
  lines.on("close", () => leave(0));
  // Commands are obeyed one after another, while "close" above is heard in the middle of work.
  let turn = Promise.resolve(prepare(workload)).then((model) => {
    answer({ ready: model.ready ?? {} });
    return model;
  });
  lines.on("line", (line) => {
    turn = turn.then(async (model) => {
      const result = await command(model, workload, line.trim());
      if (result !== undefined) answer({ result });
      return model;
    });
  });
}

function command(model, workload, line) {
  if (line.startsWith("go")) return model.go({ ...workload, ...JSON.parse(line.slice(2).trim() || "{}") });
  if (line.startsWith("stop")) return model.stop?.();
  return undefined;
}
