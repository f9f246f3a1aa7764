import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { decode, decodeList, encode, encodeList, NO_ROOM } from "../../src/wire/codec.js";
import { freshArea, ROOM, roundTrip, scalars, texts, values } from "./codec-values.js";

/** Fails unless the codec carries the value, and as structuredClone would. */
function carriedLikeClone(value: unknown): void {
  const result = roundTrip(value);
  assert.ok(result.sent, "the codec leaves this value to the port");
  assert.deepStrictEqual(result.value, structuredClone(value));
}

describe("codec: what it carries", () => {
  it("carries any tree of plain values as structuredClone copies it", () => {
    fc.assert(fc.property(values, carriedLikeClone), { numRuns: 1_500 });
  });

  it("carries any scalar", () => {
    fc.assert(fc.property(scalars, carriedLikeClone), { numRuns: 1_500 });
  });

  it("carries any text unit by unit", () => {
    fc.assert(
      fc.property(texts, (text) => assert.equal(roundTrip(text).value, text)),
      { numRuns: 1_500 },
    );
  });

  it("carries any argument list", () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 5 }), (list) => {
        const room = freshArea();
        assert.ok(encodeList(list, room, 0, ROOM) > 0);
        assert.deepStrictEqual(decodeList(room, 0), structuredClone(list));
      }),
      { numRuns: 500 },
    );
  });

  it("carries long texts, long arrays, much memory and many objects", () => {
    const records = Array.from({ length: 2_000 }, (_, i) => ({ id: i, tags: ["a", "b"], at: { x: i } }));
    for (const length of [65_535, 65_536, 70_000]) {
      for (const value of [
        "a".repeat(length),
        "é☃".repeat(length / 2),
        new Uint8Array(length).fill(7),
        new Array(length).fill(1),
      ]) {
        const room = freshArea(300_000);
        const end = encode(value, room, 8, 300_000);
        assert.ok(end > length);
        assert.deepStrictEqual(decode(room, 8), value);
        assert.equal(encode(value, room, 8, end), end);
        assert.equal(encode(value, room, 8, end - 1), NO_ROOM);
      }
    }
    const room = freshArea(300_000);
    assert.ok(encode(records, room, 0, 300_000) > 0);
    assert.deepStrictEqual(decode(room, 0), records);
  });

  it("keeps the order of properties", () => {
    const value = { b: 1, a: 2, 7: 3, 1: 4, "-1": 5 };
    assert.deepEqual(Object.keys(roundTrip(value).value as object), ["1", "7", "b", "a", "-1"]);
  });

  it("keeps __proto__ as an own property and pollutes nothing", () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}, "a": 1}') as object;
    const copy = roundTrip(value).value as Record<string, unknown>;
    assert.deepEqual(Object.keys(copy), ["__proto__", "a"]);
    assert.equal(Object.getPrototypeOf(copy), Object.prototype);
    assert.equal(copy["polluted"], undefined);
    assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  });

  it("leaves symbol keys and hidden properties behind", () => {
    const value = Object.defineProperty({ a: 1, [Symbol("s")]: 2 }, "hidden", { value: 3 });
    assert.deepStrictEqual(roundTrip(value).value, { a: 1 });
  });

  it("gives an object without a prototype the usual one", () => {
    const value: unknown = Object.assign(Object.create(null), { a: 1 });
    assert.deepStrictEqual(roundTrip(value).value, { a: 1 });
  });

  it("does not take what Object.prototype was given for the object's own", () => {
    Object.defineProperty(Object.prototype, "stray", { value: 1, enumerable: true, configurable: true });
    try {
      assert.deepEqual(Object.keys(roundTrip({ a: 1 }).value as object), ["a"]);
    } finally {
      Reflect.deleteProperty(Object.prototype, "stray");
    }
  });

  it("reads a getter once", () => {
    let reads = 0;
    const value = {
      get a() {
        return ++reads;
      },
    };
    assert.deepStrictEqual(roundTrip(value).value, { a: 1 });
    assert.equal(reads, 1);
  });

  it("is not confused by a getter that encodes something itself", () => {
    const shared = {};
    const inner: boolean[] = [];
    const value = {
      a: shared,
      get b() {
        inner.push(roundTrip([shared]).sent);
        return 1;
      },
      c: {},
    };
    assert.deepStrictEqual(roundTrip(value).value, { a: {}, b: 1, c: {} });
    assert.equal(roundTrip(Object.defineProperty(value, "c", { value: shared })).sent, false);
    assert.deepEqual(inner, [true, true]);
  });

  it("hands out names that collide in its memory of names as they were written", () => {
    const wide = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`key${i * 7919}`, i]));
    for (let round = 0; round < 2; round++) assert.deepStrictEqual(roundTrip(wide).value, wide);
  });
});

describe("codec: what decodes is the receiver's own", () => {
  it("gives bytes memory of exactly their length that is not shared", () => {
    for (const length of [0, 1, 64, 65, 1_000]) {
      const copy = roundTrip(Buffer.alloc(length, 7)).value as Uint8Array;
      assert.equal(copy.constructor, Uint8Array);
      assert.equal(copy.byteLength, length);
      assert.equal(copy.buffer.byteLength, length);
      assert.ok(copy.buffer instanceof ArrayBuffer);
    }
  });

  it("copies a view as a view of exactly its own bytes", () => {
    const memory = new Uint8Array([0, 0, 0, 0, 1, 2, 3, 4, 9, 9, 9, 9]).buffer;
    assert.deepStrictEqual(roundTrip(new Uint8Array(memory, 4, 4)).value, new Uint8Array([1, 2, 3, 4]));
    assert.deepStrictEqual(roundTrip(new Int8Array(memory, 4, 4)).value, new Int8Array([1, 2, 3, 4]));
    const view = roundTrip(new DataView(memory, 4, 4)).value as DataView;
    assert.equal(view.buffer.byteLength, 4);
    assert.equal(view.getUint8(3), 4);
  });

  it("does not change when the area is used again", () => {
    const room = freshArea();
    encode([new Uint8Array([1, 2, 3]), "text", new Float64Array([1.5])], room, 0, ROOM);
    const copy = decode(room, 0);
    room.bytes.fill(255);
    assert.deepStrictEqual(copy, [new Uint8Array([1, 2, 3]), "text", new Float64Array([1.5])]);
  });
});
