import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runLoad } from "../../src/load/run.js";
import { planFor, startServer } from "./fixture/start.js";

const CONNECTIONS = 10_000;

/** Why this machine cannot hold so many connections in one process, or false. */
function tooFewFiles(): string | false {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    if (soft === undefined || Number(soft) >= CONNECTIONS + 512) return false;
    return `ulimit -n is ${soft}; ${CONNECTIONS + 512} are needed`;
  } catch {
    return "cannot read the limit of open files, which needs Linux";
  }
}

const reason = tooFewFiles();
if (reason !== false && process.env["CI"] === "true") throw new Error(reason);

test("10,000 connections are held and used without a failure", { skip: reason }, async () => {
  await using server = await startServer({ delayMs: 10 });
  const result = await runLoad(
    planFor(server.port, { connections: CONNECTIONS, ratePerS: 2_000, durationS: 3, timeoutMs: 10_000 }),
  );
  assert.equal(result.connected, CONNECTIONS);
  assert.deepEqual(result.errors, { connect: 0, response: 0, timeout: 0 });
  assert.ok(result.asked > 5_500 && result.answered > 5_000, `${result.answered} of ${result.asked}`);
});
