import assert from "node:assert/strict";
import { test } from "node:test";
import { holdMs } from "../../src/cell/park.js";

test("tasks of a pool are not parked for minutes to be weighed", () => {
  const wait = { kind: "wait", tasks: 300_000, waitMs: 0 } as const;
  assert.equal(holdMs(wait, 60, 50), null);
  assert.equal(holdMs({ ...wait, tasks: 1_000, waitMs: 1 }, 25, 50), 20);
  assert.equal(holdMs({ ...wait, tasks: 1_000, waitMs: 10 }, 15, undefined), 305);
});
