import assert from "node:assert/strict";
import { describe, it } from "node:test";
import vm from "node:vm";
import fc from "fast-check";
import { type Area, decode, decodeList, encode, encodeList, NO_ROOM } from "../../src/wire/codec.js";
import { freshArea, ROOM, roundTrip, values } from "./codec-values.js";

class Point {
  x = 1;
}
class Rows extends Array<number> {}
class Triples extends Uint8Array {
  override get length(): number {
    return super.length / 3;
  }
  override get byteLength(): number {
    return 1;
  }
}

function detached(): ArrayBuffer {
  const memory = new ArrayBuffer(8);
  structuredClone(memory, { transfer: [memory] });
  return memory;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { value };
  return value;
}

function argumentsOf(..._values: number[]): unknown {
  // biome-ignore lint/complexity/noArguments: the object itself is what is tried here
  return arguments;
}

const shared = { a: 1 };
const view = new Uint8Array(2);
const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;

/** Each of these means something else, or nothing, after a copy that knows only plain values. */
const refused: readonly [string, unknown][] = [
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
  ["a class instance", new Point()],
  ["a Map", new Map([[1, 2]])],
  ["a Set", new Set([1])],
  ["an Error", new Error("x")],
  ["a RegExp", /x/g],
  ["a boxed number", Object(1)],
  ["a boxed string", Object("x")],
  ["a promise", Promise.resolve()],
  ["a WeakMap", new WeakMap()],
  ["a Proxy of an object", new Proxy({ a: 1 }, {})],
  ["a Proxy of an array", new Proxy([1], {})],
  ["an arguments object", argumentsOf(1, 2)],
  ["the namespace of a module", await import(String("data:text/javascript,export const a = 1"))],
  ["an object of another realm", vm.runInNewContext("({ a: 1 })")],
  ["an array of another realm", vm.runInNewContext("[1]")],
  ["only the prototype of a Date", Object.create(Date.prototype)],
  ["only the prototype of an array", Object.create(Array.prototype)],
  ["only the prototype of an ArrayBuffer", Object.create(ArrayBuffer.prototype)],
  ["only the prototype of a Uint8Array", Object.create(Uint8Array.prototype)],
  ["a subclass of Array", Rows.from([1, 2])],
  // biome-ignore lint/suspicious/noSparseArray: a hole is what is tried here
  ["an array with a hole", [1, , 3]],
  ["an array with only a length", new Array(3)],
  ["an array with a named property", Object.assign([1, 2], { index: 0 })],
  // biome-ignore lint/suspicious/noSparseArray: a hole is what is tried here
  ["an array whose named property makes up for a hole", Object.assign([1, , 3], { index: 0 })],
  ["a match", "ab".match(/b/)],
  ["an array with a hidden element", Object.defineProperty([1, 2], 1, { value: 2, enumerable: false })],
  ["a SharedArrayBuffer", new SharedArrayBuffer(8)],
  ["a view of shared memory", new Uint8Array(new SharedArrayBuffer(8))],
  ["a DataView of shared memory", new DataView(new SharedArrayBuffer(8))],
  ["detached memory", detached()],
  ["a view of detached memory", detachedView()],
  ["the same object twice", [shared, shared]],
  ["the same view twice", [view, view]],
  ["a cycle", cyclic],
  [
    "a getter that throws",
    {
      get a() {
        throw new Error("no");
      },
    },
  ],
  ["an array that grows while it is read", growing()],
  ["seventeen containers in one another", nested(17)],
  ["the same object twice among many", [...Array.from({ length: 100 }, () => ({})), shared, shared]],
  ["an integer of 5,000 bits", 1n << 5_000n],
];

function growing(): unknown {
  const list: unknown[] = [1];
  list[0] = {
    get a() {
      list.push(2);
      return 1;
    },
  };
  return list;
}

function detachedView(): Uint8Array {
  const view = new Uint8Array(8);
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}

describe("codec: what it leaves to the port", () => {
  for (const [name, value] of refused) {
    it(`leaves ${name}, alone or inside`, () => {
      assert.equal(roundTrip(value).sent, false);
      assert.equal(roundTrip([value]).sent, false);
      assert.equal(roundTrip({ a: 1, value }).sent, false);
      assert.equal(encodeList([1, value], freshArea(), 0, ROOM), -1);
    });
  }

  it("leaves resizable memory", () => {
    const Resizable = ArrayBuffer as unknown as new (size: number, options: object) => ArrayBuffer;
    const memory = new Resizable(8, { maxByteLength: 16 });
    assert.equal(roundTrip(memory).sent, false);
    assert.equal(roundTrip(new Uint8Array(memory)).sent, false);
    assert.equal(roundTrip(new DataView(memory)).sent, false);
  });

  it("leaves what two arguments share", () => {
    assert.equal(encodeList([shared, [shared]], freshArea(), 0, ROOM), -1);
    assert.ok(encodeList([shared], freshArea(), 0, ROOM) > 0);
  });

  it("leaves more than 255 arguments", () => {
    assert.equal(encodeList(new Array(256).fill(1), freshArea(), 0, ROOM), -1);
    assert.ok(encodeList(new Array(255).fill(1), freshArea(), 0, ROOM) > 0);
  });

  it("carries sixteen containers in one another", () => {
    assert.deepStrictEqual(roundTrip(nested(16)).value, nested(16));
  });

  it("forgets the objects of a value that it left", () => {
    for (let round = 0; round < 200; round++) {
      assert.equal(roundTrip([shared, shared]).sent, false);
      assert.equal(
        roundTrip({
          get a() {
            throw new Error("no");
          },
        }).sent,
        false,
      );
    }
    assert.deepStrictEqual(roundTrip([shared]).value, [{ a: 1 }]);
  });
});

/** Reads, and fails if anything is thrown but the error for torn bytes. */
function torn(cell: Area, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    assert.match(
      (error as Error).message,
      /this is a bug in Heddle/,
      Buffer.from(cell.bytes).toString("hex"),
    );
  }
}

describe("codec: memory safety", () => {
  it("never writes outside start and limit, and needs exactly what it used", () => {
    const any = fc.oneof(values, fc.constantFrom(...refused.map(([, value]) => value)));
    fc.assert(
      fc.property(any, fc.nat(40), fc.nat(1_300), (value, start, room) => {
        const cell = freshArea(2_048);
        cell.bytes.fill(0xa5);
        const limit = start + room;
        const end = encode(value, cell, start, limit);
        assert.ok(end < 0 || (end > start && end <= limit));
        assert.ok(cell.bytes.subarray(0, start).every((byte) => byte === 0xa5));
        assert.ok(cell.bytes.subarray(end < 0 ? limit : end).every((byte) => byte === 0xa5));
        if (end < 0) return;
        assert.equal(encode(value, cell, start, end), end);
        assert.equal(encode(value, cell, start, end - 1), NO_ROOM);
      }),
      { numRuns: 1_500 },
    );
  });

  it("takes the real length of a view whose class says another", () => {
    const cell = freshArea(64);
    assert.equal(encode(new Triples(60), cell, 0, 32), NO_ROOM);
    assert.ok(cell.bytes.subarray(32).every((byte) => byte === 0));
    const triples = new Triples([1, 2, 3, 4, 5, 6]);
    assert.deepStrictEqual(roundTrip(triples).value, new Uint8Array([1, 2, 3, 4, 5, 6]));
  });

  it("does not write past an area whose limit lies behind its end", () => {
    assert.equal(encode("x".repeat(100), freshArea(64), 0, 4_096), NO_ROOM);
    assert.equal(encode(1.5, freshArea(64), 60, 4_096), NO_ROOM);
  });

  it("reads torn bytes as some value or says that this is a bug in Heddle", () => {
    const tags = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.nat(255));
    fc.assert(
      fc.property(fc.array(tags, { maxLength: 64 }), fc.nat(70), (list, start) => {
        const cell = freshArea(64);
        cell.bytes.set(list);
        torn(cell, () => decode(cell, start));
        torn(cell, () => decodeList(cell, start));
      }),
      { numRuns: 5_000 },
    );
  });

  it("reads a written value with any byte changed as some value or says that this is a bug in Heddle", () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.nat(255), (value, position, byte) => {
        const cell = freshArea(2_048);
        const end = encode(value, cell, 0, 2_048);
        if (end < 0) return;
        cell.bytes[position % end] = byte;
        torn(cell, () => decode(cell, 0));
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads nothing behind the end of the area", () => {
    for (let tag = 0; tag < 256; tag++) {
      for (let start = 40; start <= 65; start++) {
        const cell = freshArea(64);
        cell.bytes.fill(tag, start);
        cell.bytes[start + 1] = 64 - start - 2; // a length that ends just behind the end, for a text
        cell.bytes[start + 2] = 0;
        torn(cell, () => decode(cell, start));
        torn(cell, () => decodeList(cell, start));
      }
    }
    const short = freshArea(8);
    short.bytes.set([9, 5, 0, 97, 97, 97, 97, 97]);
    assert.equal(decode(short, 0), "aaaaa");
    short.bytes[1] = 6;
    assert.throws(() => decode(short, 0), /bug in Heddle/);
  });

  it("does not follow containers in one another without end", () => {
    const cell = freshArea();
    for (let at = 0; at + 3 <= ROOM; at += 3) cell.bytes.set([12, 1, 0], at);
    assert.throws(() => decode(cell, 0), /bug in Heddle/);
  });

  it("does not take a cell of zeros for a value", () => {
    assert.throws(() => decode(freshArea(64), 0), /bug in Heddle/);
    assert.throws(() => decode(freshArea(64), 64), /bug in Heddle/);
    assert.throws(() => decodeList(freshArea(64), -1), /bug in Heddle/);
  });
});
