import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HeddleError } from "../../src/error/base.js";
import * as errors from "../../src/error/errors.js";
import { pool } from "../../src/pool/index.js";
import { settings } from "../../src/pool/options.js";
import { ROOT } from "./workshop.js";

/** The rows of the tables in a section of a page, cell by cell. */
function rowsOf(page: string, section: string): string[][] {
  const whole = readFileSync(join(ROOT, "docs", page), "utf8");
  const text = whole.split(`\n## ${section}`)[1]?.split("\n## ")[0] ?? "";
  return [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row = ""]) => row.split(" | "));
}

test("the table of errors lists every class and no other", () => {
  const listed = rowsOf("runtime.md", "Errors\n").flatMap(([code = "", name = ""]) =>
    /^`[A-Z_]+`$/.test(code) ? [name.replaceAll("`", "")] : [],
  );
  const classes = Object.values(errors)
    .filter((each) => each.prototype instanceof HeddleError)
    .map(({ name }) => name);
  assert.deepEqual(listed.toSorted(), classes.toSorted());
});

test("the table of the pool's options gives their defaults", () => {
  const rows = new Map(
    rowsOf("pool.md", "How many cooks\n").flatMap(([names = "", value = ""]) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => [name, value] as const),
    ),
  );
  const { idleTimeout, nice, grace, place, name, capacity, afterTasks, rejectWhenFull } = settings({});
  assert.equal(rows.get("idleTimeout"), idleTimeout.toLocaleString("en-US"));
  assert.equal(rows.get("nice"), String(nice));
  assert.equal(rows.get("grace"), grace.toLocaleString("en-US"));
  assert.equal(rows.get("place"), `\`"${place}"\``);
  assert.equal(rows.get("name"), `\`"${name}"\``);
  assert.deepEqual([capacity, afterTasks], [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  assert.equal(rows.get("queue.onFull"), `no bound, \`"${rejectWhenFull ? "reject" : "wait"}"\``);
});

test("the page of the pool names every field of its statistics and every option of a call", async () => {
  const page = readFileSync(join(ROOT, "docs", "pool.md"), "utf8");
  const cpu = pool(import.meta.url, { threads: { min: 0, max: 1 } });
  const fields = Object.keys(cpu.stats()).filter((field) => field !== "name");
  await cpu.close();
  const options = ["signal", "timeout", "deadline", "priority", "transfer", "onProgress"];
  assert.deepEqual(
    [...fields, ...options].filter((name) => !new RegExp(`\\b${name}\\b`).test(page)),
    [],
  );
});
