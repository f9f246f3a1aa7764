import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { claimsResult } from "@heddle/claims";
import { marked } from "../support/marked.js";
import { heddle, scratch, start } from "../support/program.js";

const folder = scratch();
const onLinux = { skip: process.platform !== "linux" && "looks into /proc" };

test("what the last run found is in heddle claims list and show", onLinux, async () => {
  await heddle(
    ["claims", "run", "microtasks-between-phases", "--quick", "--no-html", "--out", "last"],
    folder,
  );
  const list = await heddle(["claims", "list", "--out", "last"], folder);
  assert.equal(list.code, 0, list.stderr);
  assert.match(list.stdout, /^microtasks-between-phases .*(confirmed|refuted|depends|undecided)/m);
  const show = await heddle(["claims", "show", "microtasks-between-phases", "--out", "last"], folder);
  assert.equal(show.code, 0, show.stderr);
  for (const title of [
    "Source",
    "Experiment",
    "Rule, written before the run",
    "Measured here",
    "In practice",
    "rule.ts",
  ]) {
    assert.ok(show.stdout.includes(`\n${title}\n`), `${title} in:\n${show.stdout.slice(0, 2_000)}`);
  }
  const again = await heddle(["report", join("last", "claims.json"), "--html", "again.html"], folder);
  assert.equal(again.code, 0, again.stderr);
  assert.ok(readFileSync(join(folder, "again.html"), "utf8").includes("microtasks-between-phases"));
});

test("a claim that was never measured here is shown with the command that does", async () => {
  const { code, stdout } = await heddle(["claims", "show", "threads-memory", "--out", "never"], folder);
  assert.equal(code, 0);
  assert.match(stdout, /nothing yet: heddle claims run threads-memory/);
});

test("under --strict a refuted claim is a bad answer: exit code 1", onLinux, async () => {
  const args = ["claims", "run", "microtasks-between-phases", "--quick", "--no-html", "--out", "strict"];
  assert.equal((await heddle(args, folder)).code, 0);
  assert.equal((await heddle([...args, "--strict"], folder)).code, 1);
});

test("an unknown id, a bad number and a foreign target are the caller's mistakes", async () => {
  const unknown = await heddle(["claims", "run", "threads-memry"], folder);
  assert.equal(unknown.code, 2);
  assert.match(
    unknown.stderr,
    /there is no claim of this id\n.*got: +"threads-memry"[\s\S]*did you mean threads-memory\?/,
  );
  const word = await heddle(["claims", "threads-memory"], folder);
  assert.equal(word.code, 2, "an id without `run` is not taken for a wish to run everything");
  assert.equal((await heddle(["claims", "--runs", "none"], folder)).code, 2);
  assert.equal((await heddle(["claims", "--json", "notes.txt"], folder)).code, 2);
});

test("a missing runtime makes only its claims not testable, and says what installs it", onLinux, async () => {
  const args = [
    "claims",
    "run",
    "threads-memory",
    "microtasks-between-phases",
    "--quick",
    "--no-html",
    "--json",
  ];
  const bare = { PATH: "/nonexistent", HOME: folder, JAVA_HOME: "", HEDDLE_CACHE: join(folder, "cache") };
  const { code, stdout, stderr } = await heddle([...args, "--out", "bare"], folder, bare);
  assert.equal(code, 0, stderr);
  const { claims } = claimsResult.parse(JSON.parse(stdout));
  const [memory, order] = ["threads-memory", "microtasks-between-phases"].map((id) =>
    claims.find((each) => each.id === id),
  );
  assert.equal(memory?.verdict, "not-testable");
  assert.match(memory?.why ?? "", /was not found/);
  assert.match(memory?.where ?? "", /install|https?:/);
  assert.notEqual(order?.verdict, "not-testable");
});

for (const [signal, exit] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  test(
    `${signal} in the middle: exit code ${exit}, a partial result, nothing left running`,
    onLinux,
    async () => {
      const mark = `heddle-claims-${signal}-${process.pid}`;
      const running = start(
        ["claims", "run", "threads-memory", "--runs", "100", "--json", "--no-html", "--out", signal],
        folder,
        { HEDDLE_MARK: mark },
      );
      await running.seen("/100 threads-memory");
      running.kill(signal);
      const { code, stdout, stderr } = await running.ended;
      assert.equal(code, exit, stderr);
      assert.match(claimsResult.parse(JSON.parse(stdout)).partial ?? "", new RegExp(signal));
      assert.deepEqual(marked(mark), []);
    },
  );
}
