import assert from "node:assert/strict";
import { test } from "node:test";
import { openBench } from "../../src/bench/open.js";
import { prepare } from "../../src/bench/prepare.js";
import { findClaims, runClaims } from "../../src/index.js";
import { fakeHome } from "../support/home.js";
import { marked } from "../support/marked.js";

const onLinux = { skip: process.platform !== "linux" && "looks into /proc" };

/** Hangs, deaf to SIGTERM, and so does a child of it in a session of its own. */
const STUBBORN = `import { spawn } from "node:child_process";
process.on("SIGTERM", () => {});
if (process.argv[2] !== "child") spawn(process.execPath, [process.argv[1], "child"], { detached: true, stdio: "ignore" });
console.log('{"ready":{}}');
setInterval(() => {}, 1000);`;

async function benchOf(programs: Record<string, string>, memoryMb = 8_000) {
  const [found] = await findClaims(fakeHome({ only: { programs } }));
  assert.ok(found);
  const signal = new AbortController().signal;
  const ready = await Promise.all(
    Object.keys(programs).map(async (file) => {
      const made = await prepare(found, file, { signal, onBuild: () => undefined });
      assert.ok(made.state === "ready");
      return [file, made.startable] as const;
    }),
  );
  return openBench({ seed: 1, quick: true, memoryMb, signal, programs: new Map(ready) });
}

test(
  "a program that hangs is killed at its limit with its whole tree, and that is an outcome",
  onLinux,
  async () => {
    const mark = `heddle-hang-${process.pid}`;
    await using bench = await benchOf({ "hang.mjs": STUBBORN });
    const outcome = await bench.run("hang.mjs", {}, { withinMs: 700, env: { HEDDLE_MARK: mark } });
    assert.equal(outcome.end, "time");
    assert.deepEqual(marked(mark), []);
  },
);

test("what an experiment forgot to stop is stopped when its bench closes", onLinux, async () => {
  const mark = `heddle-forgot-${process.pid}`;
  {
    await using bench = await benchOf({ "hang.mjs": STUBBORN });
    await bench.start("hang.mjs", {}, { env: { HEDDLE_MARK: mark } });
    assert.ok(marked(mark).length > 0);
  }
  assert.deepEqual(marked(mark), []);
});

test("a program that was only about to start when its bench closed is not left behind", onLinux, async () => {
  const mark = `heddle-starting-${process.pid}`;
  for (const afterMs of [0, 20, 60]) {
    const bench = await benchOf({ "hang.mjs": STUBBORN });
    const starting = [1, 2].map(() =>
      bench.start("hang.mjs", {}, { env: { HEDDLE_MARK: mark } }).catch(() => null),
    );
    const running = bench.run("hang.mjs", {}, { env: { HEDDLE_MARK: mark } }).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await bench[Symbol.asyncDispose]();
    assert.deepEqual(marked(mark), [], `closed after ${afterMs} ms`);
    await Promise.all([...starting, running]);
  }
});

test("a program that takes more than half of the memory is killed", onLinux, async () => {
  const EATER = `const kept = [];
setInterval(() => kept.push(Buffer.alloc(16 * 1024 * 1024, 1)), 5);`;
  await using bench = await benchOf({ "eat.mjs": EATER }, 600);
  const outcome = await bench.run("eat.mjs", {}, { withinMs: 20_000 });
  assert.equal(outcome.end, "memory");
});

test("a run that takes five times what it should is given up, and leaves nothing", onLinux, async () => {
  const mark = `heddle-slow-${process.pid}`;
  const home = fakeHome({
    slow: {
      fields: {
        measure: `async (bench) => { await bench.start("hang.mjs", {}, { env: { HEDDLE_MARK: "${mark}" } }); await new Promise(() => {}); }`,
      },
      programs: { "hang.mjs": STUBBORN },
    },
  });
  const [claim] = (
    await runClaims({ ids: null, quick: false, seed: 1, runs: 1 }, { home, leastLimitMs: 1_500 })
  ).claims;
  assert.equal(claim?.verdict, "undecided");
  assert.match(claim?.why ?? "", /not done after 2 s; killed/);
  assert.deepEqual(marked(mark), []);
});

test("a program gets its arguments, its environment and its CPUs", onLinux, async () => {
  const SAYS = `const { readFileSync } = await import("node:fs");
const cpus = /Cpus_allowed_list:\\s*(\\S+)/.exec(readFileSync("/proc/self/status", "utf8"))[1];
console.log(JSON.stringify({ result: { args: process.argv.at(-1), env: process.env.GREETING, cpus, flags: process.execArgv.join() } }));`;
  await using bench = await benchOf({ "says.mjs": SAYS });
  const { result } = await bench.must(
    "says.mjs",
    { n: 3 },
    { env: { GREETING: "hi" }, cpus: [0], flags: ["--expose-gc"] },
  );
  assert.equal(result.text("args"), '{"n":3}');
  assert.equal(result.text("env"), "hi");
  assert.equal(result.text("cpus"), String(bench.cpus[0]));
  assert.equal(result.text("flags"), "--expose-gc");
});
