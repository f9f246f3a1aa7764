import assert from "node:assert/strict";
import { test } from "node:test";
import { ownBytes } from "../../src/pool/own-bytes.js";

test("a view of a larger buffer is sent as its own bytes alone", () => {
  const slab = new Uint8Array(8192).fill(7);
  const part = Buffer.from(slab.buffer, 100, 4000);
  const [sent] = ownBytes([part], undefined) as [Uint8Array];
  assert.equal(sent.buffer.byteLength, 4000);
  assert.deepEqual(sent, new Uint8Array(4000).fill(7));
});

test("a view whose buffer is moved stays as it is", () => {
  const slab = new Uint8Array(8192);
  const part = slab.subarray(1, 10);
  assert.equal(ownBytes([part], [slab.buffer])[0], part);
});

test("shared memory stays shared", () => {
  const part = new Uint8Array(new SharedArrayBuffer(64), 8, 8);
  assert.equal(ownBytes([part], undefined)[0], part);
});

test("arguments without such a view are not copied", () => {
  const args = [1, new Uint8Array(3000), { a: 1 }];
  assert.equal(ownBytes(args, undefined), args);
});
