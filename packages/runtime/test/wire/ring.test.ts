import assert from "node:assert/strict";
import { test } from "node:test";
import { Call } from "../../src/pool/call.js";
import { Cells } from "../../src/pool/cells.js";
import { SubmissionRing } from "../../src/pool/submission-ring.js";
import {
  CELLS,
  cellOf,
  claimedState,
  DIRECT,
  entryOf,
  HEAD,
  ownerOf,
  queuedState,
  RING,
  sharedBytes,
  TAIL,
  views,
  workerBlock,
} from "../../src/wire/layout.js";
import { claim } from "../../src/worker/claim.js";

function setUp() {
  const shared = views(new SharedArrayBuffer(sharedBytes(4)), 4);
  const cells = new Cells(shared);
  const ring = new SubmissionRing(shared);
  const publish = () => {
    const call = new Call("f", 0, [1]);
    assert.ok(cells.write(call));
    ring.push(cells.arm(call));
    return call;
  };
  return { shared, cells, ring, publish };
}

test("workers claim in the order of publishing, each call once", () => {
  const { shared, publish } = setUp();
  const calls = Array.from({ length: 10 }, publish);
  const claimed = calls.map((_, at) => claim(shared, at % 4));
  assert.deepEqual(
    claimed,
    calls.map(({ entry }) => entry),
  );
  assert.equal(claim(shared, 0), -1);
});

test("an entry that was taken back is passed over, also when its cell is in use again", () => {
  const { shared, cells, publish } = setUp();
  const first = publish();
  assert.ok(cells.disarm(first));
  cells.release(first);
  const second = publish();
  assert.equal(cellOf(second.entry), cellOf(first.entry), "the cell that was used last is used first");
  assert.notEqual(second.entry, first.entry);
  assert.equal(claim(shared, 0), second.entry);
  assert.equal(claim(shared, 0), -1);
});

test("taking back fails once a worker has claimed, and the owner is known", () => {
  const { shared, cells, publish } = setUp();
  const call = publish();
  assert.equal(cells.owner(call), -1);
  assert.equal(claim(shared, 3), call.entry);
  assert.equal(cells.disarm(call), false);
  assert.equal(cells.owner(call), 3);
});

test("a worker that died after its claim and before it moved the ring on stops nobody", () => {
  const { shared, cells, publish } = setUp();
  const dead = publish();
  const next = publish();
  const head = Atomics.load(shared.control, HEAD);
  assert.equal(claim(shared, 1), dead.entry);
  Atomics.store(shared.control, HEAD, head);
  assert.equal(claim(shared, 2), next.entry);
  assert.equal(cells.owner(dead), 1);
});

test("a call given to one worker comes first there, and nowhere else", () => {
  const { shared, cells, publish } = setUp();
  const published = publish();
  const given = new Call("f", 0, [1]);
  cells.write(given);
  Atomics.store(shared.control, workerBlock(2) + DIRECT, cells.arm(given) + 1);
  assert.equal(claim(shared, 0), published.entry);
  assert.equal(claim(shared, 0), -1);
  assert.equal(claim(shared, 2), given.entry);
});

test("a given call that was taken back is no task; the worker goes on with the ring", () => {
  const { shared, cells, publish } = setUp();
  const given = new Call("f", 0, [1]);
  cells.write(given);
  Atomics.store(shared.control, workerBlock(0) + DIRECT, cells.arm(given) + 1);
  assert.ok(cells.disarm(given));
  const published = publish();
  assert.equal(claim(shared, 0), published.entry);
});

test("the ring works across its end, and across the end of 32-bit positions", () => {
  const { shared, cells, ring, publish } = setUp();
  for (let at = 0; at < RING + 10; at++) {
    const call = publish();
    assert.equal(claim(shared, 0), call.entry);
    cells.release(call);
  }
  assert.ok(ring.empty);
  const last = 0x7fffffff;
  Atomics.store(shared.control, HEAD, last);
  Atomics.store(shared.control, TAIL, last);
  shared.ring[last & (RING - 1)] = publish().entry;
  Atomics.store(shared.control, TAIL, (last + 1) | 0);
  assert.notEqual(claim(shared, 0), -1);
  assert.equal(Atomics.load(shared.control, HEAD), -0x80000000);
  assert.equal(claim(shared, 0), -1);
});

test("a ring full of entries that were taken back has no room until a worker passes them", () => {
  const { shared, cells, ring, publish } = setUp();
  for (let at = 0; at < RING; at++) {
    const call = publish();
    cells.disarm(call);
    cells.release(call);
  }
  assert.equal(ring.hasRoom(), false);
  assert.equal(ring.entries().length, RING);
  assert.equal(claim(shared, 0), -1);
  assert.ok(ring.hasRoom() && ring.empty);
});

test("all cells taken: the next call gets none, and one that is released is the next", () => {
  const { cells, publish } = setUp();
  const calls = Array.from({ length: CELLS }, publish);
  const more = new Call("f", 0, []);
  assert.equal(cells.write(more), false);
  assert.equal(more.cell, -1);
  const [first] = calls;
  assert.ok(first !== undefined && cells.disarm(first));
  cells.release(first);
  assert.ok(cells.write(more));
});

test("the last generation of the last cell still is a task", () => {
  const { shared, cells } = setUp();
  const entry = entryOf(0x7ffff, CELLS - 1);
  assert.equal(entry, 0x7fffffff);
  const call = new Call("f", 0, []);
  cells.write(call);
  shared.cells[cellOf(entry) * 16] = queuedState(entry);
  Atomics.store(shared.control, workerBlock(0) + DIRECT, entry + 1);
  assert.equal(claim(shared, 0), entry);
});

test("an entry's parts do not touch each other", () => {
  for (const generation of [0, 1, 0x3ffff, 0x7ffff]) {
    for (const index of [0, 1, CELLS - 1]) {
      const entry = entryOf(generation, index);
      assert.equal(cellOf(entry), index);
      for (const owner of [0, 1, 127]) {
        assert.equal(ownerOf(claimedState(entry, owner)), owner);
        assert.notEqual(claimedState(entry, owner), queuedState(entry));
      }
    }
  }
});
