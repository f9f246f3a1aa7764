import assert from "node:assert/strict";
import { test } from "node:test";
import { probeNotice } from "../../src/probe/support.js";

test("only systems without /proc are told what is missing", () => {
  assert.equal(probeNotice("linux"), null);
  assert.match(probeNotice("darwin")?.message ?? "", /on darwin memory, context switches/);
});
