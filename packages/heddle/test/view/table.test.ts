import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PLAIN } from "../../src/view/paint.js";
import { type Column, leftOut, table } from "../../src/view/table.js";
import { fold } from "../../src/view/text.js";

type Row = Record<"name" | "a" | "b", string>;
const columns: Column<Row>[] = [
  { title: "name", rank: 0, align: "left", of: (row) => row.name },
  { title: "a", rank: 1, of: (row) => row.a },
  { title: "b", rank: 2, of: (row) => row.b, short: (row) => row.b.slice(0, 1) },
];
const rows = [{ name: "first", a: "1,000", b: "2,000 more" }];

test("with room, all columns stand side by side", () => {
  assert.equal(table(rows, columns, 40, PLAIN), "name       a           b\nfirst  1,000  2,000 more");
});

test("short forms come before losing a column", () => {
  assert.equal(table(rows, columns, 16, PLAIN), "name       a  b\nfirst  1,000  2");
});

test("the column of the highest rank goes first, and is reported", () => {
  assert.equal(table(rows, columns, 12, PLAIN), "name       a\nfirst  1,000");
  assert.deepEqual(leftOut(rows, columns, 12), ["b"]);
});

test("a column with nothing in it takes no room", () => {
  assert.equal(table([{ name: "x", a: "-", b: "2" }], columns, 40, PLAIN), "name  b\nx     2");
});

test("folded text loses no word, and fits unless one word alone is wider", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { maxLength: 40 });
  fc.assert(
    fc.property(words, fc.integer({ min: 24, max: 100 }), (given, width) => {
      const folded = fold(given.join(" "), width, "  ");
      assert.deepEqual(folded.split(/\s+/).filter(Boolean), given);
      for (const line of folded.split("\n")) assert.ok(line.length <= width);
    }),
  );
});
