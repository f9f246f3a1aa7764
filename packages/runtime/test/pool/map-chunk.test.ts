import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ChunkSize } from "../../src/pool/map-chunk.js";

const cost = () => fc.double({ min: 0, max: 100, noNaN: true });

test("the first chunk is one item", () => {
  assert.equal(new ChunkSize(undefined).next(undefined, 4), 1);
});

test("a chunk is never more than twice the largest that was tried, nor more than 1,024", () =>
  fc.assert(
    fc.property(fc.array(cost()), (costs) => {
      const size = new ChunkSize(undefined);
      let tried = 1;
      for (const each of costs) {
        const next = size.next(undefined, 2);
        assert.ok(next >= 1 && next <= Math.min(tried * 2, 1_024));
        tried = Math.max(tried, next);
        size.learn(next, next * each);
      }
    }),
  ));

test("it settles at 1 to 2 ms of work", () => {
  const size = new ChunkSize(undefined);
  for (let i = 0; i < 20; i++) {
    const next = size.next(undefined, 2);
    size.learn(next, next * 0.05);
  }
  const work = size.next(undefined, 2) * 0.05;
  assert.ok(work >= 1 && work <= 2, `${work} ms`);
});

test("when items get dear, the next chunk is small", () => {
  const size = new ChunkSize(undefined);
  for (let i = 0; i < 20; i++) size.learn(size.next(undefined, 2), 0.001);
  size.learn(size.next(undefined, 2), 5_000);
  assert.equal(size.next(undefined, 2), 1);
});

test("towards the end chunks shrink: none is more than an equal share of what is left", () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 64 }), (items, workers) => {
      const size = new ChunkSize(undefined);
      let left = items;
      for (let chunks = 0; left > 0; chunks++) {
        assert.ok(chunks < 1e6);
        const next = size.next(left, workers);
        assert.ok(next >= 1 && next <= Math.max(1, Math.ceil(left / workers)));
        size.learn(next, 0);
        left -= next;
      }
      assert.equal(left, 0);
    }),
    { numRuns: 50 },
  ));

test("a size that was asked for stays", () => {
  const size = new ChunkSize(50);
  size.learn(50, 1_000);
  assert.equal(size.next(3, 8), 50);
});
