import assert from "node:assert/strict";
import { test } from "node:test";
import { screen } from "../../src/view/screen.js";
import { WAIT } from "../support/sample.js";

function recorded(): { lines: string[]; stream: Parameters<typeof screen>[0] } {
  const lines: string[] = [];
  const write = (text: string | Uint8Array): boolean => lines.push(String(text)) > 0;
  return { lines, stream: { write, isTTY: false, columns: 80 } };
}

test("without a terminal there is a line every five seconds, not one per step", () => {
  const { lines, stream } = recorded();
  let time = 100_000;
  const shown = screen(stream, () => time);
  for (let done = 0; done < 12; done++) {
    shown.onEvent({ type: "step", done, total: 12, model: "m", workload: WAIT, leftS: 0 });
    time += 1_000;
  }
  assert.deepEqual(
    lines.map((line) => /\d+\/12/.exec(line)?.[0]),
    ["0/12", "5/12", "10/12"],
  );
});

test("a void cell is told at once, whatever was shown last", () => {
  const { lines, stream } = recorded();
  const shown = screen(stream, () => 0);
  shown.onEvent({ type: "step", done: 0, total: 2, model: "m", workload: WAIT, leftS: 0 });
  shown.onEvent({ type: "void", model: "m", workload: WAIT, why: "crashed" });
  assert.equal(lines.at(-1), "void: m, wait 1,000 x 10 ms: crashed\n");
});
