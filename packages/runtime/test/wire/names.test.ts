import assert from "node:assert/strict";
import { test } from "node:test";
import { NAME_BYTES, sharedBytes, views } from "../../src/wire/layout.js";
import { NameReader, NameWriter } from "../../src/wire/names.js";

function both() {
  const shared = views(new SharedArrayBuffer(sharedBytes(1)), 1);
  return { writer: new NameWriter(shared), reader: new NameReader(shared), shared };
}

test("a name has one number, and the reader finds the name by it", () => {
  const { writer, reader } = both();
  const names = ["add", "größe", "漢字", "", "a".repeat(1_000), "__proto__", "toString"];
  const ids = names.map((name) => writer.id(name));
  assert.deepEqual(ids, [...names.keys()]);
  assert.deepEqual(
    names.map((name) => writer.id(name)),
    ids,
  );
  assert.deepEqual(
    ids.map((id) => reader.name(id)),
    names,
  );
});

test("names that come later are found by a reader that has read before", () => {
  const { writer, reader } = both();
  assert.equal(reader.name(writer.id("first")), "first");
  assert.equal(reader.name(writer.id("second")), "second");
});

test("a reader that starts later finds all", () => {
  const { writer, shared } = both();
  const ids = ["a", "b", "c"].map((name) => writer.id(name));
  const late = new NameReader(shared);
  assert.equal(late.name(ids[2] ?? -1), "c");
  assert.equal(late.name(ids[0] ?? -1), "a");
});

test("a number that nobody gave is no name", () => {
  assert.equal(both().reader.name(5), "");
});

test("a full table refuses what does not fit, and keeps what it has", () => {
  const { writer, reader } = both();
  const ids: number[] = [];
  let name = "";
  for (let at = 0; ids.at(-1) !== -1; at++) {
    name = `function number ${at} ${"x".repeat(1_000)}`;
    ids.push(writer.id(name));
    assert.ok(at < NAME_BYTES / 1_000 + 2);
  }
  assert.equal(writer.id("y".repeat(NAME_BYTES)), -1);
  assert.match(reader.name(0), /^function number 0 x/);
  assert.match(reader.name(ids.length - 2), new RegExp(`^function number ${ids.length - 2} x`));
});
