import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { describe, it } from "node:test";
import { LARGEST_BLOCK } from "../../src/pool/blocks.js";
import { ARENA_BYTES } from "../../src/wire/arena.js";
import { assertArenaFree, hold, type Watched, watched, within } from "./storm/support.js";

const bytes = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill);
const records = (count: number) =>
  Array.from({ length: count }, (_, id) => ({
    id,
    name: `name ${id}`,
    tags: ["a", "é☃"],
    at: { x: id / 2 },
  }));

/** How many calls have their arguments in the arena now. */
const inArena = ({ pool }: Watched): number =>
  pool.engine.dispatch.cells.calls.filter((call) => call !== undefined && call.block >= 0).length;

describe("calls that are too large for a cell", () => {
  it("arrive as structuredClone would copy them, and so do their results", async () => {
    await using pool = watched({ threads: 2 });
    const values: unknown[] = [
      ...[1_270, 1_281, 4_000, 4_096, 65_536, 1_048_576, 3_000_000].map((size) => bytes(size, size & 255)),
      ..."12345".split("").map((_, at) => "x☃".repeat(10 ** at)),
      "x".repeat(100_000),
      records(50),
      records(5_000),
      new Float64Array(9_000).fill(1.5),
      { deep: [{ list: new Array(70_000).fill(-1) }, new Date(5), 2n ** 70n, null, undefined] },
      new DataView(new ArrayBuffer(5_000)),
    ];
    const results = await within(
      20_000,
      "all",
      Promise.all(values.map((value) => pool.run("echo", [value]))),
    );
    assert.deepStrictEqual(results, structuredClone(values));
    assertArenaFree(pool);
  });

  it("lie in the arena if their kind allows it and they fit, and go by message otherwise", async () => {
    await using pool = watched({ threads: 1 });
    const gate = await hold(pool, 1);
    const arena = [bytes(2_000, 1), "x".repeat(5_000), records(100), bytes(LARGEST_BLOCK - 100, 2)];
    const message = [
      new Map([[1, bytes(2_000, 3)]]),
      bytes(LARGEST_BLOCK, 4),
      new Uint8Array(new SharedArrayBuffer(9)),
    ];
    const calls = [...arena, ...message].map((value) => pool.run("echo", [value]));
    assert.equal(inArena(pool), arena.length);
    await gate.open();
    assert.deepStrictEqual(await within(20_000, "all", Promise.all(calls)), [...arena, ...message]);
    assertArenaFree(pool);
  });

  it("are as they were when the call was made, wherever they wait", async () => {
    await using pool = watched({ threads: 1 });
    const gate = await hold(pool, 1);
    // Three times what the arena holds: the rest waits outside of it.
    const each = 1_000_000;
    const count = Math.ceil((3 * ARENA_BYTES) / each);
    const value = bytes(each, 0);
    const calls = Array.from({ length: count }, (_, at) => {
      value.fill(at);
      return pool.run("sample", [value]);
    });
    value.fill(255);
    assert.ok(inArena(pool) > 10 && inArena(pool) < count);
    await gate.open();
    const sampled = await within(30_000, "all", Promise.all(calls));
    assert.deepEqual(
      sampled,
      calls.map((_, at) => [each, at, at]),
    );
    assertArenaFree(pool);
  });

  it("give their place back when they are cancelled while they wait, and others take it", async () => {
    await using pool = watched({ threads: 1 });
    const gate = await hold(pool, 1);
    const stop = new AbortController();
    setMaxListeners(30, stop.signal);
    const cancelled = Array.from({ length: 20 }, () =>
      pool.run("sample", [bytes(4_000_000, 1)], { signal: stop.signal }),
    );
    const kept = pool.run("sample", [bytes(4_000_000, 9)]);
    assert.ok(inArena(pool) > 1);
    stop.abort();
    for (const end of await Promise.allSettled(cancelled)) assert.equal(end.status, "rejected");
    await gate.open();
    assert.deepEqual(await within(10_000, "the kept", kept), [4_000_000, 9, 9]);
    assertArenaFree(pool);
  });

  it("come back by message when the result is larger than their block, and in the cell when it is small", async () => {
    await using pool = watched({ threads: 1 });
    const [grown, small] = await Promise.all([
      pool.run("grow", [bytes(3_000, 5), 500]),
      pool.run("bytesOf", [bytes(3_000, 5)]),
    ]);
    assert.deepEqual([(grown as Uint8Array).length, (grown as Uint8Array)[1_499_999]], [1_500_000, 5]);
    assert.equal(small, 3_000);
    assertArenaFree(pool);
  });

  it("keep their order among small calls, and overtake by priority", async () => {
    await using pool = watched({ threads: 1 });
    const gate = await hold(pool, 1);
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const big = bytes(100_000, 1);
    const calls = [
      pool.run("add", [1, 2]).then(note("small 1")),
      pool.run("sample", [big]).then(note("large 1")),
      pool.run("add", [1, 2]).then(note("small 2")),
      pool.run("sample", [big], { priority: 1 }).then(note("large, high")),
    ];
    await gate.open();
    await within(5_000, "all", Promise.all(calls));
    assert.deepEqual(order, ["large, high", "small 1", "large 1", "small 2"]);
  });

  it("do not trust a class that lies about its size, or throws", async () => {
    class Lies extends Uint8Array {
      override get byteLength(): number {
        throw new Error("no");
      }
    }
    await using pool = watched({ threads: 1 });
    const value = new Lies(5_000).fill(3);
    assert.deepEqual(await pool.run("sample", [value]), [5_000, 3, 3]);
  });
});
