import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compareResult } from "@heddle/lab";
import { marked } from "../support/marked.js";
import { scratch, start } from "../support/program.js";

const folder = scratch();
const LONG = ["compare", "--workload", "wait", "--tasks", "40", "--wait", "400ms", "--runs", "50", "--json"];
const onLinux = { skip: process.platform !== "linux" && "looks into /proc" };

for (const [signal, exit] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  test(
    `${signal} in the middle: exit code ${exit}, a partial result, and nothing left running`,
    onLinux,
    async () => {
      const mark = `heddle-${signal}-${process.pid}`;
      const running = start([...LONG, "--models", "node-event-loop", "--out", signal], folder, {
        HEDDLE_MARK: mark,
      });
      await running.seen("wait 40 x 400 ms");
      running.kill(signal);
      const { code, stdout, stderr } = await running.ended;
      assert.equal(code, exit, stderr);
      const result = compareResult.parse(JSON.parse(stdout));
      assert.match(result.partial ?? "", new RegExp(signal));
      assert.deepEqual(
        compareResult.parse(JSON.parse(readFileSync(join(folder, signal, "compare.json"), "utf8"))),
        result,
      );
      assert.deepEqual(marked(mark), []);
    },
  );
}

/** A model that answers, then will not stop: neither at the end of stdin nor when asked. */
const STUBBORN = `process.on("SIGTERM", () => {});
console.log(JSON.stringify({ ready: {} }));
setInterval(() => {}, 1000);`;

test("a second Ctrl+C leaves at once, and nothing stays behind", onLinux, async () => {
  const mark = `heddle-twice-${process.pid}`;
  const model = { name: "stubborn", language: "mine", summary: "will not stop", workloads: ["wait"] };
  writeFileSync(join(folder, "stubborn.js"), STUBBORN);
  writeFileSync(
    join(folder, "model.json"),
    JSON.stringify({ ...model, start: [process.execPath, "{dir}/stubborn.js"] }),
  );
  const args = [...LONG, "--model", "model.json", "--models", "stubborn", "--out", "twice"];
  const running = start(args, folder, { HEDDLE_MARK: mark });
  await running.seen("wait 40 x 400 ms"); // whichever of the A/A pair is first
  running.kill("SIGINT");
  await running.seen("stopping, and keeping what was measured");
  // Within half a second of the first, a second one counts as its echo.
  const again = setTimeout(() => running.kill("SIGINT"), 700);
  const { code, stderr } = await running.ended;
  clearTimeout(again);
  assert.equal(code, 130, stderr);
  assert.deepEqual(await eventually(() => marked(mark)), []);
});

/** What was killed may take a moment to be reaped. */
async function eventually(look: () => number[]): Promise<number[]> {
  for (let tries = 0; tries < 50 && look().length > 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return look();
}
