import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, milliseconds, number } from "../../src/workload/quantity.js";

const io = { name: "--io", unit: "ms", example: "10ms" };

test("a duration is read with its unit, or in the unit of the option", () => {
  assert.equal(milliseconds("10ms", io), 10);
  assert.equal(milliseconds("2s", io), 2_000);
  assert.equal(milliseconds("1.5m", io), 90_000);
  assert.equal(milliseconds("250us", io), 0.25);
  assert.equal(milliseconds("7", io), 7);
  assert.equal(milliseconds("7", { ...io, unit: "s" }), 7_000);
});

test("a size is of 1024, and a plain number is in the unit of the option", () => {
  const memory = { name: "--memory", unit: "mb", example: "200mb" };
  assert.equal(bytes("64kb", { name: "--bytes", unit: "b", example: "64kb" }), 65_536);
  assert.equal(bytes("200", memory), 200 * 1024 * 1024);
  assert.equal(bytes("1GB", memory), 1024 ** 3);
});

for (const text of ["", "fast", "10 parsecs", "-1ms", "1e3ms", "NaN", "Infinity", "ms", "1.2.3s"]) {
  test(`${JSON.stringify(text)} is no duration`, () => {
    assert.throws(() => milliseconds(text, io), { code: "BAD_OPTION" });
  });
}

test("the message for a bad duration names the option, what it got, what it expected and what to type", () => {
  assert.throws(() => milliseconds("fast", io), {
    message: `--io cannot be read
  got:      "fast"
  expected: a duration with us, ms, s, m or h, or a plain number of ms
  try:      --io 10ms`,
  });
});

test("a whole number refuses fractions, words and anything below its minimum", () => {
  const runs = { min: 1, whole: true };
  assert.equal(number("5", "--runs", runs), 5);
  for (const text of ["0", "-1", "2.5", "five", "", "1e9999"]) {
    assert.throws(() => number(text, "--runs", runs), { code: "BAD_OPTION" }, text);
  }
});
