import assert from "node:assert/strict";
import { test } from "node:test";
import { paintFor } from "../../src/view/paint.js";
import { lastingLine, progressLine } from "../../src/view/progress.js";
import { WAIT } from "../support/sample.js";

test("a step shows how far it is, what runs, and the time left", () => {
  const line = progressLine({
    type: "step",
    done: 12,
    total: 48,
    model: "go-goroutines",
    workload: WAIT,
    leftS: 75,
  });
  assert.equal(line, "[#####...............] 12/48 go-goroutines, wait 1,000 x 10 ms, 1 min 15 s left");
});

test("building shows what is built", () => {
  assert.equal(
    progressLine({ type: "building", model: "rust-tokio", done: 0, total: 3 }),
    "[....................] 0/3 building rust-tokio",
  );
});

test("a void cell stays on the screen with its reason, made harmless", () => {
  assert.equal(
    lastingLine({ type: "void", model: "mine", workload: WAIT, why: "crashed: \u001b[2Jboom" }),
    "void: mine, wait 1,000 x 10 ms: crashed: boom",
  );
});

test("only notices that matter stay on the screen", () => {
  const notice = { id: "files", message: "only 1024 files", mend: "ulimit -n 20000" };
  assert.equal(
    lastingLine({ type: "notice", notice: { ...notice, severity: "warning" } }),
    "! only 1024 files (mend: ulimit -n 20000)",
  );
  assert.equal(lastingLine({ type: "notice", notice: { ...notice, severity: "info" } }), null);
});

test("colour needs a terminal, and NO_COLOR forbids it", () => {
  const bold = (tty: boolean, env: NodeJS.ProcessEnv): boolean =>
    paintFor({ isTTY: tty }, env).bold("x") !== "x";
  assert.equal(bold(true, {}), true);
  assert.equal(bold(false, {}), false);
  assert.equal(bold(true, { NO_COLOR: "1" }), false);
  assert.equal(bold(true, { NO_COLOR: "1", FORCE_COLOR: "1" }), false);
  assert.equal(bold(false, { FORCE_COLOR: "1" }), true);
  assert.equal(bold(true, { TERM: "dumb" }), false);
});
