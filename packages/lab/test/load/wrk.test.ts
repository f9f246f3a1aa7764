import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { runLoad } from "../../src/load/run.js";
import { planFor, startServer } from "./fixture/start.js";

const CONNECTIONS = 50;
const missing = spawnSync("wrk", ["-v"]).error !== undefined;
const skip = missing && process.env["CI"] !== "true" ? "wrk is not installed: apt-get install wrk" : false;

test("a closed loop achieves what wrk achieves, within 5 %", { skip }, async () => {
  assert.ok(!missing, "wrk is not installed, and CI must not skip: apt-get install wrk");
  await using server = await startServer({ delayMs: 10 });
  const ratios: number[] = [];
  // Pairs, close in time, in turn first and second: what else the box does touches both.
  for (let pair = 0; pair < 9 && !(ratios.length >= 3 && Math.abs(median(ratios) - 1) <= 0.05); pair++) {
    const first = pair % 2 === 0 ? await ours(server.port) : await wrk(server.port);
    const second = pair % 2 === 0 ? await wrk(server.port) : await ours(server.port);
    ratios.push(pair % 2 === 0 ? first / second : second / first);
  }
  assert.ok(Math.abs(median(ratios) - 1) <= 0.05, `ours / wrk: ${ratios.map((ratio) => ratio.toFixed(3))}`);
});

async function ours(port: number): Promise<number> {
  const result = await runLoad(planFor(port, { mode: "closed", connections: CONNECTIONS, nice: null }));
  return result.answered / result.windowS;
}

async function wrk(port: number): Promise<number> {
  const call = ["-t1", `-c${CONNECTIONS}`, "-d2s", `http://127.0.0.1:${port}/`];
  const { stdout } = await promisify(execFile)("wrk", call);
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
