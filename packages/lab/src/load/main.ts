import { createInterface } from "node:readline";
import { loadPlan } from "./plan.js";
import { askPriority } from "./priority.js";
import type { FromGenerator } from "./protocol.js";
import { runSession } from "./session.js";

/**
 * The generator process: `node main.js <plan as JSON>`. Prints one message of `protocol.ts` per line; begins when it
 * reads `start`; ends with its parent, however that ends, because then stdin does.
 */
const plan = loadPlan.parse(JSON.parse(process.argv[2] ?? "null"));
if (plan.nice !== null) askPriority(plan.nice);

const started = new Promise<void>((resolve) => {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    if (line === "start") resolve();
  });
  lines.on("close", () => process.exit(0));
});
process.stdout.on("error", () => process.exit(0));

const result = await runSession(plan, {
  onConnected() {
    say({ type: "connected" });
    return started;
  },
  onWindowStart: () => say({ type: "window-start" }),
  onWindowEnd: () => say({ type: "window-end" }),
});
process.stdout.write(`${JSON.stringify({ type: "result", result } satisfies FromGenerator)}\n`, () =>
  process.exit(0),
);

function say(message: FromGenerator): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
