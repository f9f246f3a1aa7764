import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compareResult } from "@heddle/lab";
import { BIN, heddle, scratch } from "../support/program.js";

const folder = scratch();
const SMALL = [
  "compare",
  "--workload",
  "wait",
  "--tasks",
  "20",
  "--wait",
  "2ms",
  "--runs",
  "2",
  "--models",
  "node-event-loop",
];

test("--json prints the JSON alone on stdout, and the files are written as well", async () => {
  const { code, stdout } = await heddle([...SMALL, "--json", "--out", "alone"], folder);
  assert.equal(code, 0);
  const result = compareResult.parse(JSON.parse(stdout));
  assert.deepEqual(
    result.cells.map((cell) => [cell.model, cell.workload.kind, cell.runs]),
    [["node-event-loop", "wait", 2]],
  );
  assert.deepEqual(
    JSON.parse(readFileSync(join(folder, "alone", "compare.json"), "utf8")),
    JSON.parse(stdout),
  );
  assert.match(readFileSync(join(folder, "alone", "compare.html"), "utf8"), /^<!doctype html>/i);
});

test("without --json there are tables, the decision, and where the report is", async () => {
  const { code, stdout } = await heddle([...SMALL, "--out", "tables"], folder);
  assert.equal(code, 0);
  assert.match(stdout, /^wait: 20 tasks at once, each waits 2 ms$/m);
  assert.match(stdout, /^Decision: node-event-loop$/m);
  assert.match(stdout, /^Report: tables\/compare\.html\nData: tables\/compare\.json$/m);
});

test("--json FILE and --html FILE name further files, --no-html leaves the page out", async () => {
  const named = await heddle(
    [...SMALL, "--out", "named", "--json", "mine.json", "--html", "mine.html"],
    folder,
  );
  assert.equal(named.code, 0);
  assert.ok(existsSync(join(folder, "mine.json")) && existsSync(join(folder, "mine.html")));
  const bare = await heddle([...SMALL, "--out", "bare", "--no-html"], folder);
  assert.equal(bare.code, 0);
  assert.ok(
    existsSync(join(folder, "bare", "compare.json")) && !existsSync(join(folder, "bare", "compare.html")),
  );
});

test("heddle report draws the page of a result again", async () => {
  const { code, stdout } = await heddle(["report", "mine.json", "--html", "again.html"], folder);
  assert.equal(code, 0);
  assert.match(stdout, /Report: again\.html\n$/);
  assert.ok(existsSync(join(folder, "again.html")));
});

test("workloads may come from a file", async () => {
  writeFileSync(join(folder, "work.json"), '{"workloads": [{"kind": "wait", "tasks": 10, "waitMs": 1}]}');
  const args = ["compare", "work.json", "--runs", "2", "--models", "node-event-loop", "--json", "--no-html"];
  const { code, stdout } = await heddle(args, folder);
  assert.equal(code, 0);
  const [cell] = compareResult.parse(JSON.parse(stdout)).cells;
  assert.deepEqual(cell?.workload, { kind: "wait", tasks: 10, waitMs: 1 });
});

test("a requirement that no model meets is a bad answer: exit code 1", async () => {
  const { code, stdout } = await heddle([...SMALL, "--p99", "0.5ms", "--out", "strict"], folder);
  assert.equal(code, 1);
  assert.match(stdout, /^Decision: none$/m);
});

test("a result that cannot be written is printed, kept elsewhere, and the mend is told", async () => {
  writeFileSync(join(folder, "taken"), "");
  const { code, stdout, stderr } = await heddle(
    [...SMALL, "--out", "full", "--html", "taken/page.html"],
    folder,
  );
  assert.equal(code, 2);
  assert.match(stdout, /^Decision: node-event-loop$/m);
  assert.match(
    stderr,
    /cannot write taken\/page\.html\n {2}got: {6}\w+\n {2}try: .*the result is kept in full\/compare\.json/,
  );
});

const mayMount = spawnSync("unshare", ["-rm", "true"]).status === 0;
const noMount = !mayMount && "this system lets nobody mount in a namespace of their own";

test("a disk that fills up while measuring loses nothing: the result is kept elsewhere", {
  skip: noMount,
}, () => {
  mkdirSync(join(folder, "tiny"));
  mkdirSync(join(folder, "tmp"));
  const script = 'mount -t tmpfs -o size=4k none tiny && exec "$0" "$@"';
  const argv = ["-rm", "sh", "-c", script, process.execPath, BIN, ...SMALL, "--out", "tiny"];
  const env = { ...process.env, NO_COLOR: "1", TMPDIR: join(folder, "tmp") };
  const { status, stdout, stderr } = spawnSync("unshare", argv, { cwd: folder, env, encoding: "utf8" });
  assert.equal(status, 2, stderr);
  assert.match(stdout, /^Decision: node-event-loop$/m);
  assert.match(stderr, /cannot write tiny\/compare\.json\n {2}got: {6}ENOSPC/);
  const [, kept = ""] = /the result is kept in (\S+)/.exec(stderr) ?? [];
  assert.equal(compareResult.parse(JSON.parse(readFileSync(kept, "utf8"))).cells.length, 1);
});
