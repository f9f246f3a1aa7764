import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { claimsResult } from "@heddle/claims";
import { marked } from "../support/marked.js";
import { heddle, scratch } from "../support/program.js";

const folder = scratch();
const onLinux = { skip: process.platform !== "linux" && "looks into /proc" };

test(
  "heddle claims --quick decides every claim or says why not, and leaves nothing running",
  onLinux,
  async () => {
    const mark = `heddle-claims-${process.pid}`;
    const { code, stdout, stderr } = await heddle(["claims", "--quick", "--json"], folder, {
      HEDDLE_MARK: mark,
    });
    assert.equal(code, 0, stderr);
    const result = claimsResult.parse(JSON.parse(stdout));
    assert.ok(result.claims.length >= 40);
    // The budget bounds when the last experiment may begin, not how long a disturbed one takes.
    assert.ok(result.tookS < 90, `took ${result.tookS} s`);
    for (const { id, verdict, why, failures, runs, where } of result.claims) {
      assert.notEqual(why, "", id);
      assert.deepEqual(failures, [], id);
      if (verdict === "not-testable") assert.notEqual(where, null, id);
      else if (runs === 0) assert.match(why, /no time was left/, id);
    }
    assert.deepEqual(marked(mark), []);
    assert.deepEqual(
      claimsResult.parse(JSON.parse(readFileSync(join(folder, "heddle-results", "claims.json"), "utf8"))),
      result,
    );
    assert.ok(existsSync(join(folder, "heddle-results", "claims.html")));
  },
);
