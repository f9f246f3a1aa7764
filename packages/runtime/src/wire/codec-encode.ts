import { types } from "node:util";
import {
  ARGUMENTS_MAX,
  ARRAY,
  ARRAY_LONG,
  type Area,
  BIGINT,
  BIGINT_LONG,
  BYTES,
  COUNT_MAX,
  DATE,
  DEPTH_MAX,
  FALSE,
  FLOAT,
  INT,
  LONG_KEY,
  NO_ROOM,
  NULL,
  OBJECT,
  SHORT_KEY_MAX,
  SMALL_INT,
  TRUE,
  UNDEFINED,
  UNFIT,
} from "./codec-format.js";
import { enter, first, leave } from "./codec-seen.js";
import { headOf, writeLength, writeText } from "./codec-text.js";
import { byteLengthOf, memoryBytes, viewBytes, viewTag } from "./codec-views.js";

const hasOwn = Object.prototype.hasOwnProperty;
const timeOf = Date.prototype.getTime;
/** From here on a native call is cheaper than `set`, which copies into shared memory word by word. */
const LARGE = 16_384;
const HUGE = 1n << 4_096n;

/**
 * Writes one value at `start`, never at or beyond `limit`, and returns the offset after it.
 *
 * Returns NO_ROOM when it does not fit, and UNFIT when what `decode` would give differs from `structuredClone(value)`; the area
 * then holds rubbish, and in the end the value has to go by the port, which also has the last word on what cannot be cloned.
 * Both are negative. UNFIT is the answer for: class instances, Map, Set, Error, RegExp, boxed primitives, Proxy, `arguments`, functions and
 * symbols, sparse arrays and arrays with named properties, objects met twice (shared or cyclic), nesting deeper than
 * 16, and memory that is shared, resizable or detached.
 *
 * One difference from structuredClone is deliberate: a view (typed array, Buffer, DataView) is copied as a view of
 * exactly its own bytes. structuredClone copies the whole ArrayBuffer under it, for a small Buffer the 8 KiB pool it
 * was cut from with the bytes of strangers in it. So `byteOffset` is 0 and `buffer.byteLength` is the view's, and
 * two views of one memory arrive as two memories.
 * Not told apart: a Map, Error and the like whose prototype was replaced by Object.prototype counts as plain.
 *
 * Never throws. Getters are called, as structuredClone calls them, and again at each further try; when one throws the answer
 * is UNFIT, and the port, which calls them again, throws what it threw.
 */
export function encode(value: unknown, area: Area, start: number, limit: number): number {
  if (typeof value !== "object" || value === null) return writeScalar(value, area, start, bound(area, limit));
  const outer = enter();
  try {
    return writeObject(value, area, start, bound(area, limit), 1);
  } catch {
    return UNFIT; // a getter of the value's threw, or its memory is detached
  } finally {
    leave(outer);
  }
}

/** Writes an argument list of at most 255 values, as `encode` does; what two arguments share counts as met twice. */
export function encodeList(values: readonly unknown[], area: Area, start: number, limit: number): number {
  const length = values.length;
  const stop = bound(area, limit);
  if (length > ARGUMENTS_MAX) return UNFIT;
  if (start >= stop) return NO_ROOM;
  area.bytes[start] = length;
  let at = start + 1;
  const outer = enter();
  try {
    for (let i = 0; i < length && at >= 0; i++) at = write(values[i], area, at, stop, 1);
  } catch {
    return UNFIT; // a getter of the value's threw, or its memory is detached
  } finally {
    leave(outer);
  }
  return at;
}

function bound(area: Area, limit: number): number {
  return limit < area.bytes.length ? limit : area.bytes.length;
}

function write(value: unknown, area: Area, at: number, limit: number, depth: number): number {
  if (typeof value === "object" && value !== null) return writeObject(value, area, at, limit, depth);
  return writeScalar(value, area, at, limit);
}

function writeScalar(value: unknown, area: Area, at: number, limit: number): number {
  switch (typeof value) {
    case "number":
      return writeNumber(value, area, at, limit);
    case "string":
      return writeText(value, area, at, limit);
    case "boolean":
      return writeTag(value ? TRUE : FALSE, area, at, limit);
    case "undefined":
      return writeTag(UNDEFINED, area, at, limit);
    case "object":
      return writeTag(NULL, area, at, limit);
    case "bigint":
      return writeBigInt(value, area, at, limit);
    default:
      return UNFIT;
  }
}

function writeTag(tag: number, area: Area, at: number, limit: number): number {
  if (at >= limit) return NO_ROOM;
  area.bytes[at] = tag;
  return at + 1;
}

function writeNumber(value: number, area: Area, at: number, limit: number): number {
  const int = value | 0;
  if (int === value && (int !== 0 || 1 / value > 0)) {
    if (int >= 0 && int < SMALL_INT) return writeTag(SMALL_INT | int, area, at, limit);
    if (at + 5 > limit) return NO_ROOM;
    area.bytes[at] = INT;
    area.view.setInt32(at + 1, int, true);
    return at + 5;
  }
  return writeFloat(FLOAT, value, area, at, limit);
}

function writeFloat(tag: number, value: number, area: Area, at: number, limit: number): number {
  if (at + 9 > limit) return NO_ROOM;
  area.bytes[at] = tag;
  area.view.setFloat64(at + 1, value, true);
  return at + 9;
}

function writeBigInt(value: bigint, area: Area, at: number, limit: number): number {
  if (BigInt.asIntN(64, value) === value) {
    if (at + 9 > limit) return NO_ROOM;
    area.bytes[at] = BIGINT;
    area.view.setBigInt64(at + 1, value, true);
    return at + 9;
  }
  if (value >= HUGE || value <= -HUGE) return UNFIT; // digits cost quadratic time
  if (at + 2 > limit) return NO_ROOM;
  area.bytes[at] = BIGINT_LONG;
  area.bytes[at + 1] = value < 0n ? 1 : 0;
  return writeText((value < 0n ? -value : value).toString(16), area, at + 2, limit);
}

function writeObject(value: object, area: Area, at: number, limit: number, depth: number): number {
  if (!first(value)) return UNFIT;
  if (ArrayBuffer.isView(value)) return writeView(value, area, at, limit);
  if (depth > DEPTH_MAX || types.isProxy(value)) return UNFIT;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) {
    // `arguments` has this prototype too, and cannot be cloned; it is iterable.
    return Symbol.iterator in value ? UNFIT : writeProperties(value, area, at, limit, depth);
  }
  if (prototype === Array.prototype) {
    return Array.isArray(value) ? writeArray(value, area, at, limit, depth) : UNFIT;
  }
  // The namespace of a module has no prototype either, and cannot be cloned; it has a tag.
  if (prototype === null) {
    return Symbol.toStringTag in value ? UNFIT : writeProperties(value, area, at, limit, depth);
  }
  if (prototype === Date.prototype) return writeDate(value, area, at, limit);
  if (prototype === ArrayBuffer.prototype) {
    const bytes = memoryBytes(value);
    return bytes === undefined ? UNFIT : writeBytes(BYTES + 1, bytes, area, at, limit);
  }
  return UNFIT;
}

function writeProperties(value: object, area: Area, at: number, limit: number, depth: number): number {
  if (at + 3 > limit) return NO_ROOM;
  const bytes = area.bytes;
  let end = at + 3;
  let count = 0;
  for (const key in value) {
    if (!hasOwn.call(value, key)) continue;
    end = writeKey(key, area, end, limit);
    if (end < 0) return end;
    end = write((value as Record<string, unknown>)[key], area, end, limit, depth + 1);
    if (end < 0) return end;
    count++;
  }
  if (count > COUNT_MAX) return UNFIT;
  bytes[at] = OBJECT;
  bytes[at + 1] = count & 255;
  bytes[at + 2] = count >> 8;
  return end;
}

function writeKey(key: string, area: Area, at: number, limit: number): number {
  const bytes = area.bytes;
  const length = key.length;
  if (at + 1 + length > limit) return NO_ROOM;
  if (length <= SHORT_KEY_MAX) {
    let all = 0;
    for (let i = 0; i < length; i++) {
      const unit = key.charCodeAt(i);
      all |= unit;
      bytes[at + 1 + i] = unit;
    }
    if (all < 256) {
      bytes[at] = length;
      return at + 1 + length;
    }
  }
  bytes[at] = LONG_KEY;
  return writeText(key, area, at + 1, limit);
}

/**
 * `Object.keys` makes an array of names, the one allocation here: nothing cheaper tells that an array has a property
 * besides its elements (the `index` of a match, the `columns` of a table), and these must not be lost.
 */
function writeArray(value: unknown[], area: Area, at: number, limit: number, depth: number): number {
  const length = value.length;
  if (at + headOf(length) + length > limit) return NO_ROOM;
  if (length !== Object.keys(value).length) return UNFIT;
  let end = writeLength(ARRAY, ARRAY_LONG, length, area, at);
  for (let i = 0; i < length; i++) {
    const item = value[i];
    if (item === undefined && !hasOwn.call(value, i)) return UNFIT;
    end = write(item, area, end, limit, depth + 1);
    if (end < 0) return end;
  }
  return value.length === length ? end : UNFIT;
}

function writeDate(value: object, area: Area, at: number, limit: number): number {
  let time: number;
  try {
    time = timeOf.call(value as Date);
  } catch {
    return UNFIT; // only the prototype of a Date
  }
  return writeFloat(DATE, time, area, at, limit);
}

function writeView(value: ArrayBufferView, area: Area, at: number, limit: number): number {
  const tag = viewTag(value);
  if (tag === -1) return UNFIT;
  const bytes = viewBytes(value, tag);
  return bytes === undefined ? UNFIT : writeBytes(tag, bytes, area, at, limit);
}

function writeBytes(tag: number, source: Uint8Array, area: Area, at: number, limit: number): number {
  const length = byteLengthOf(source);
  const from = (at + 5 + 7) & ~7;
  if (from + length > limit) return NO_ROOM;
  area.bytes[at] = tag;
  area.view.setUint32(at + 1, length, true);
  if (length < LARGE) area.bytes.set(source, from);
  else area.buffer.fill(source, from, from + length);
  return from + length;
}
