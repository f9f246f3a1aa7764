import assert from "node:assert/strict";
import { test } from "node:test";
import { ownArgs, ownBytes } from "../../src/wire/own-bytes.js";

test("a view of a larger buffer is sent as its own bytes alone", () => {
  const slab = new Uint8Array(8192).fill(7);
  const part = Buffer.from(slab.buffer, 100, 4000);
  const sent = ownBytes(part) as Uint8Array;
  assert.equal(sent.buffer.byteLength, 4000);
  assert.deepEqual(sent, new Uint8Array(4000).fill(7));
});

test("a view whose buffer is moved stays as it is", () => {
  const slab = new Uint8Array(8192);
  const part = slab.subarray(1, 10);
  assert.equal(ownBytes(part, [slab.buffer]), part);
});

test("shared memory stays shared", () => {
  const part = new Uint8Array(new SharedArrayBuffer(64), 8, 8);
  assert.equal(ownBytes(part), part);
});

test("arguments without such a view are not copied", () => {
  const args = [1, new Uint8Array(3000), { a: 1 }];
  assert.equal(ownArgs(args), args);
});

test("a part of any typed array keeps its type and its values, not its buffer", () => {
  const part = new Float64Array([1, 2, 3, 4]).subarray(1, 3);
  const sent = ownBytes(part) as Float64Array;
  assert.deepEqual(sent, new Float64Array([2, 3]));
  assert.equal(sent.buffer.byteLength, 16);
});
