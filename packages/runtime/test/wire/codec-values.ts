import fc from "fast-check";
import { type Area, area, decode, encode } from "../../src/wire/codec.js";

export const ROOM = 64 * 1024;

export function freshArea(size = ROOM): Area {
  return area(new SharedArrayBuffer(size + 64), 32, size);
}

/** What arrives on the other side, or undefined in `sent: false` when the codec leaves the value to the port. */
export function roundTrip(value: unknown): { sent: boolean; value?: unknown } {
  const room = freshArea();
  const end = encode(value, room, 8, ROOM);
  return end < 0 ? { sent: false } : { sent: true, value: decode(room, 8) };
}

/** Texts of every kind: one-byte, two-byte, any UTF-16 unit, around the lengths where the writer changes its way. */
export const texts = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 })
    .map((units) => String.fromCharCode(...units)),
  fc.integer({ min: 0, max: 400 }).map((length) => "abc".repeat(length)),
);

export const keys = fc.oneof(
  texts,
  fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "0", "7", "a", "b", "length", ""),
);

export const scalars = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    true,
    false,
    0,
    -0,
    Number.NaN,
    127,
    128,
    -1,
    2 ** 31,
    -(2 ** 31),
    2 ** 53,
  ),
  fc.integer(),
  fc.double(),
  fc.bigInt(),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
  texts,
);

const memory = fc.uint8Array({ maxLength: 96 });

export const binaries = fc.oneof(
  memory,
  fc.int8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
  memory.map((bytes) => bytes.buffer),
  memory.map((bytes) => new DataView(bytes.buffer)),
);

export const dates = fc.date({ noInvalidDate: false });

/** Trees of everything that the codec carries. */
export const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    { weight: 4, arbitrary: scalars },
    { weight: 1, arbitrary: fc.oneof(binaries, dates) },
    { weight: 2, arbitrary: fc.array(tie("value"), { maxLength: 6 }) },
    { weight: 3, arbitrary: fc.array(fc.tuple(keys, tie("value")), { maxLength: 6 }).map(objectOf) },
  ),
})).value;

function objectOf(entries: readonly [string, unknown][]): object {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return object;
}
