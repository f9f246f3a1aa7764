import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { heddle, scratch } from "../support/program.js";

const folder = scratch();
writeFileSync(
  join(folder, "table.json"),
  JSON.stringify([
    { name: "fits", connections: 100, waitMs: 10, throughputPerS: 5_000, latencyMs: { mean: 12 } },
    { name: "too fast", connections: 100, waitMs: 10, throughputPerS: 20_000, latencyMs: { mean: 12 } },
  ]),
);

test("heddle audit --json says which rows cannot be true, and by which law", async () => {
  const { code, stdout, stderr } = await heddle(["audit", "table.json", "--json"], folder);
  assert.deepEqual([code, stderr], [0, ""]);
  const answer: { schema: string; rows: { name: string; possible: boolean; law: string | null }[] } =
    JSON.parse(stdout);
  assert.equal(answer.schema, "heddle.audit/1");
  assert.deepEqual(
    answer.rows.map(({ name, possible, law }) => [name, possible, law]),
    [
      ["fits", true, null],
      ["too fast", false, "little"],
    ],
  );
});

test("heddle audit prints a verdict per row and the count", async () => {
  const { code, stdout } = await heddle(["audit", "table.json"], folder);
  assert.equal(code, 0);
  assert.match(stdout, /^fits: possible$/m);
  assert.match(stdout, /^too fast: impossible by Little's law$/m);
  assert.match(stdout, /^1 of 2 rows cannot be true\.$/m);
});

test("under --strict an impossible row is a bad answer: exit code 1", async () => {
  assert.equal((await heddle(["audit", "table.json", "--strict"], folder)).code, 1);
});

test("a table with a wrong field names the row and the field", async () => {
  writeFileSync(join(folder, "bad.json"), '[{"name": "a", "connections": "many", "waitMs": 10}]');
  const { code, stdout, stderr } = await heddle(["audit", "bad.json"], folder);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /row 1 \(a\), field connections/);
});
