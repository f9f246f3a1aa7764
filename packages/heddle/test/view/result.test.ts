import assert from "node:assert/strict";
import { test } from "node:test";
import { COLOURED, PLAIN } from "../../src/view/paint.js";
import { resultText } from "../../src/view/result.js";
import { sampleCell, sampleResult } from "../support/sample.js";

test("a wide terminal shows everything", () => {
  assert.equal(
    resultText(sampleResult(), 120, PLAIN),
    `Measured on Example CPU, 2 cores, 8 GB, Debian 12; 5 runs each, seed 1, took 1 min 23 s.
! only 1024 files may be open (mend: ulimit -n 20000)
Noise: node-event-loop against itself in wait 1,000 x 10 ms, p99 ratio 1.02 (0.97 to 1.06): quiet.
Not installed: bun-event-loop (heddle models tells how)

wait: 1,000 tasks at once, each waits 10 ms
  model                p50 ms      p99 ms  tasks/s  CPU ms/task  peak MB  plateau MB  switches/task  loop p99 ms
* go-goroutines    10.1 ±0.05  10.6 ±0.10   81,235        0.006     6.25        5.50           0.03            -
  node-event-loop  10.6 ±0.15  12.3 ±0.30   81,235        0.012     47.1        46.2           0.03         1.50
  python-threads: void, ended with exit code 1: out of threads

* chosen, = tied with it. ± is half of the 95 % interval between runs. Sorted by p99; memory is of the whole process
  tree.

Decision: go-goroutines
  the cheapest that meets p99 <= 50 ms everywhere it was measured

  wait 1,000 x 10 ms: go-goroutines, then node-event-loop
    0.006 ms CPU per task against 0.012 ms, at a p99 of 10.6 ms

Best of each language by kind of work
language  I/O-bound        CPU-bound
node      node-event-loop  -
go        go-goroutines    go-worker-pool`,
  );
});

test("80 columns lose the least important columns, and say which", () => {
  assert.equal(
    resultText(sampleResult({ preflight: [], noise: [], summary: [] }), 80, PLAIN),
    `Measured on Example CPU, 2 cores, 8 GB, Debian 12; 5 runs each, seed 1, took 1
  min 23 s.
Not installed: bun-event-loop (heddle models tells how)

wait: 1,000 tasks at once, each waits 10 ms
  model                p50 ms      p99 ms  tasks/s  CPU ms/task  peak MB
* go-goroutines    10.1 ±0.05  10.6 ±0.10   81,235        0.006     6.25
  node-event-loop  10.6 ±0.15  12.3 ±0.30   81,235        0.012     47.1
  python-threads: void, ended with exit code 1: out of threads
  no room here for: plateau MB, switches/task, loop p99 ms

* chosen, = tied with it. ± is half of the 95 % interval between runs. Sorted by
  p99; memory is of the whole process tree.

Decision: go-goroutines
  the cheapest that meets p99 <= 50 ms everywhere it was measured

  wait 1,000 x 10 ms: go-goroutines, then node-event-loop
    0.006 ms CPU per task against 0.012 ms, at a p99 of 10.6 ms`,
  );
});

for (const width of [40, 60, 80, 100, 140]) {
  test(`no line is wider than ${width} columns`, () => {
    const long = sampleResult();
    for (const line of resultText(long, width, PLAIN).split("\n")) {
      assert.ok(line.length <= width, `${line.length} columns: ${line}`);
    }
  });
}

test("colours change nothing but colours", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
  const bare = resultText(sampleResult(), 100, COLOURED).replace(/\u001b\[\d+m/g, "");
  assert.equal(bare, resultText(sampleResult(), 100, PLAIN));
});

test("escape sequences in the text of programs never reach the terminal", () => {
  const evil = "\u001b]0;owned\u0007\u001b[2J";
  const result = sampleResult({
    cells: [sampleCell({ model: evil }), sampleCell({ void: evil })],
    decision: { model: evil, why: evil },
  });
  assert.ok(!resultText(result, 100, PLAIN).includes("\u001b"));
});

test("a result that is not whole says so first", () => {
  const text = resultText(sampleResult({ partial: "stopped by SIGINT" }), 100, PLAIN);
  assert.match(text.split("\n")[1] ?? "", /^Not whole: stopped by SIGINT$/);
});

test("all cells void is still a readable answer", () => {
  const result = sampleResult({
    cells: [sampleCell({ void: "saturated: asked 500/s, achieved 210/s" })],
    choices: [],
    summary: [],
    decision: { model: null, why: "nothing could be measured" },
  });
  const text = resultText(result, 100, PLAIN);
  assert.match(text, /node-event-loop: void, saturated: asked 500\/s, achieved 210\/s/);
  assert.match(text, /Decision: none\n {2}nothing could be measured/);
});
