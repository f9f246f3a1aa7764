import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { BIN, scratch } from "../support/program.js";

const folder = scratch();
const hasScript = spawnSync("script", ["--version"]).status === 0;
const onTerminal = { skip: !hasScript && "no program here gives us a terminal (script)" };

/** What a terminal of this size would be sent. */
function onScreen(command: string, env: NodeJS.ProcessEnv = {}): string {
  const line = `stty rows 30 cols 90; '${process.execPath}' '${BIN}' ${command}`;
  const bare: NodeJS.ProcessEnv = { ...process.env, TERM: "xterm", ...env };
  delete bare["COLUMNS"];
  if (env["NO_COLOR"] === undefined) delete bare["NO_COLOR"];
  const child = spawnSync("script", ["-qec", line, "/dev/null"], {
    cwd: folder,
    env: bare,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 120_000,
  });
  assert.equal(child.status, 0, child.stdout + child.stderr);
  return child.stdout;
}

const SMALL = "compare -w wait --tasks 20 --wait 2ms --runs 2 --models node-event-loop --no-html";

test("on a terminal a bar says what runs, and is gone before the tables come", onTerminal, () => {
  const screen = onScreen(SMALL);
  assert.match(screen, /\[[#.]{20}\] \d+\/\d+ node-event-loop/);
  const [, tables = ""] = screen.split("Measured on ");
  assert.doesNotMatch(tables, /\[[#.]{20}\]/);
  assert.ok(tables.includes("\u001b[1m"), "headlines are bold");
});

test("NO_COLOR leaves the text plain on a terminal too", onTerminal, () => {
  const screen = onScreen("models", { NO_COLOR: "1" });
  assert.match(screen, /node-event-loop/);
  assert.ok(!screen.includes("\u001b["), JSON.stringify(screen.slice(0, 200)));
});

test("tables fit the terminal they are shown on", onTerminal, () => {
  for (const line of onScreen("models", { NO_COLOR: "1" }).split(/\r?\n/)) {
    if (line.startsWith("    ")) continue; // a command to copy is never broken
    assert.ok(line.length <= 90, line);
  }
});
