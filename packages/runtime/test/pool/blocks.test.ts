import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Blocks, LARGEST_BLOCK } from "../../src/pool/blocks.js";

const ARENA = 4 * LARGEST_BLOCK;

/** The arena is whole again: nothing was lost by cutting and joining. */
function assertWhole(blocks: Blocks): void {
  const offsets = [0, 1, 2, 3].map(() => blocks.take(LARGEST_BLOCK));
  assert.deepEqual(
    offsets.sort((a, b) => a - b),
    [0, 1, 2, 3].map((at) => at * LARGEST_BLOCK),
  );
  assert.equal(blocks.take(1), -1);
}

const steps = fc.array(
  fc.record({
    act: fc.constantFrom("take", "take", "trim", "release"),
    bytes: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: LARGEST_BLOCK })),
    which: fc.nat(),
  }),
  { maxLength: 200 },
);

describe("the blocks of an arena", () => {
  it("never overlap, hold what was asked, and are all one again in the end", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const blocks = new Blocks(ARENA);
        const held: number[] = [];
        for (const { act, bytes, which } of list) {
          const at = which % Math.max(1, held.length);
          const offset = held[at];
          if (act === "take") {
            const taken = blocks.take(bytes);
            if (taken < 0) continue;
            assert.ok(blocks.size(taken) >= bytes && taken + blocks.size(taken) <= ARENA);
            held.push(taken);
          } else if (offset !== undefined && act === "trim") {
            const size = blocks.size(offset);
            const wanted = Math.min(bytes, size);
            blocks.trim(offset, wanted);
            assert.ok(blocks.size(offset) >= wanted && blocks.size(offset) <= size);
          } else if (offset !== undefined) {
            held.splice(at, 1);
            blocks.release(offset);
          }
          const sorted = [...held].sort((a, b) => a - b);
          for (const [index, start] of sorted.entries()) {
            assert.ok(start + blocks.size(start) <= (sorted[index + 1] ?? ARENA), "overlap");
          }
        }
        for (const offset of held) blocks.release(offset);
        assertWhole(blocks);
      }),
      { numRuns: 300 },
    );
  });

  it("are cut from the lowest free part, so that few pages are touched", () => {
    const blocks = new Blocks(ARENA);
    const first = blocks.take(4_096);
    blocks.release(first);
    assert.equal(blocks.take(100), first);
    assert.equal(first, 0);
    assert.equal(blocks.take(4_097), 8_192);
  });

  it("are refused when nothing is free, and when there is no such block", () => {
    const blocks = new Blocks(LARGEST_BLOCK);
    assert.equal(blocks.take(LARGEST_BLOCK + 1), -1);
    const all = blocks.take(LARGEST_BLOCK);
    assert.equal(blocks.take(1), -1);
    blocks.trim(all, LARGEST_BLOCK / 2);
    assert.equal(blocks.take(1), LARGEST_BLOCK / 2);
  });
});
