import assert from "node:assert/strict";
import { test } from "node:test";
import { warmupSeconds } from "../../src/cell/serve.js";

test("the window opens only when answers have begun to come, however long a request takes", () => {
  assert.equal(warmupSeconds({ ioMs: 10, cpuMs: 5 }, 0.3), 0.3);
  assert.ok(warmupSeconds({ ioMs: 2_000, cpuMs: 0 }, 1) > 2);
  assert.ok(warmupSeconds({ ioMs: 200, cpuMs: 300 }, 0) > 0.5);
});
