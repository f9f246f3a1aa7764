import {
  ARRAY,
  ARRAY_LONG,
  type Area,
  BIGINT,
  BIGINT_LONG,
  BYTES,
  DATE,
  DEPTH_MAX,
  FALSE,
  FLOAT,
  INT,
  LATIN1,
  LATIN1_LONG,
  LONG_KEY,
  NULL,
  OBJECT,
  SHORT_KEY_MAX,
  SMALL_INT,
  TRUE,
  torn,
  UNDEFINED,
  WIDE,
  WIDE_LONG,
} from "./codec-format.js";
import { inherited, readName } from "./codec-keys.js";
import { readLatin1, readWide } from "./codec-text.js";
import { elementSize, KINDS, viewOf } from "./codec-views.js";

/** Where the next byte is read. Decoding runs no code of the user's, so one position for the thread is enough. */
let at = 0;

/**
 * The value that `encode` wrote at `start`: a fresh copy that shares no memory with the area.
 * Whatever the bytes are, nothing outside the area is read: bytes that no writer leaves behind throw an `Error`
 * saying that this is a bug in Heddle.
 */
export function decode(area: Area, start: number): unknown {
  at = start;
  return read(area, 1);
}

/** The argument list that `encodeList` wrote at `start`. */
export function decodeList(area: Area, start: number): unknown[] {
  const length = area.bytes[start];
  if (length === undefined) throw torn(start);
  at = start + 1;
  return readItems(area, length, 1);
}

function read(area: Area, depth: number): unknown {
  const tag = area.bytes[at];
  if (tag === undefined) throw torn(at);
  if (tag >= SMALL_INT) {
    at++;
    return tag - SMALL_INT;
  }
  switch (tag) {
    case UNDEFINED:
      at++;
      return undefined;
    case NULL:
      at++;
      return null;
    case TRUE:
      at++;
      return true;
    case FALSE:
      at++;
      return false;
    case INT:
      return area.view.getInt32(skip(area, 5) + 1, true);
    case FLOAT:
      return area.view.getFloat64(skip(area, 9) + 1, true);
    case DATE:
      return new Date(area.view.getFloat64(skip(area, 9) + 1, true));
    case LATIN1:
    case WIDE:
    case LATIN1_LONG:
    case WIDE_LONG:
      return readText(area);
    case OBJECT:
      return readObject(area, depth);
    case ARRAY:
    case ARRAY_LONG:
      return readArray(area, depth);
    case BIGINT:
      return area.view.getBigInt64(skip(area, 9) + 1, true);
    case BIGINT_LONG:
      return readBigInt(area);
    default:
      return readBytes(area, tag);
  }
}

/** Moves past `size` bytes and returns where they begin. */
function skip(area: Area, size: number): number {
  const from = at;
  if (from + size > area.bytes.length) throw torn(from);
  at = from + size;
  return from;
}

/** Reads a tag byte and a u16; returns the u16. */
function readCount(area: Area): number {
  const from = skip(area, 3);
  return (area.bytes[from + 1] as number) | ((area.bytes[from + 2] as number) << 8);
}

/** Reads a tag byte and a u32; returns the u32. */
function readLongCount(area: Area): number {
  return area.view.getUint32(skip(area, 5) + 1, true);
}

function readText(area: Area): string {
  const tag = area.bytes[at];
  const short = tag === LATIN1 || tag === WIDE;
  if (!short && tag !== LATIN1_LONG && tag !== WIDE_LONG) throw torn(at);
  const length = short ? readCount(area) : readLongCount(area);
  if (tag === LATIN1 || tag === LATIN1_LONG) return readLatin1(area, skip(area, length), length);
  return readWide(area, skip(area, 2 * length), length);
}

function readBigInt(area: Area): bigint {
  const from = skip(area, 2);
  const negative = area.bytes[from + 1] === 1;
  const digits = readText(area);
  if (!/^[0-9a-f]+$/.test(digits)) throw torn(from);
  const value = BigInt(`0x${digits}`);
  return negative ? -value : value;
}

function readArray(area: Area, depth: number): unknown[] {
  if (depth > DEPTH_MAX) throw torn(at);
  const length = area.bytes[at] === ARRAY ? readCount(area) : readLongCount(area);
  return readItems(area, length, depth + 1);
}

/** The first `push` to an empty array makes room for 17; a literal has just its own. */
function readItems(area: Area, length: number, depth: number): unknown[] {
  if (length === 0) return [];
  if (length === 1) return [read(area, depth)];
  const items = [read(area, depth), read(area, depth)];
  for (let i = 2; i < length; i++) items.push(read(area, depth));
  return items;
}

function readObject(area: Area, depth: number): Record<string, unknown> {
  if (depth > DEPTH_MAX) throw torn(at);
  const count = readCount(area);
  const object: Record<string, unknown> = {};
  for (let i = 0; i < count; i++) {
    const key = readKey(area);
    const value = read(area, depth + 1);
    if (inherited(key)) define(object, key, value);
    else object[key] = value;
  }
  return object;
}

function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function readKey(area: Area): string {
  const length = area.bytes[skip(area, 1)] as number;
  if (length === LONG_KEY) return readText(area);
  if (length > SHORT_KEY_MAX) throw torn(at);
  return readName(area, skip(area, length), length);
}

/** From here on, memory that is not cleared before it is written pays for the native calls. */
const LARGE = 16_384;

/**
 * Memory that is not shared, as long as the bytes: it can be transferred onwards. `slice` and `set` copy shared memory word by word
 * and clear the new memory first; `fill` copies it as the system does.
 */
function readBytes(area: Area, tag: number): unknown {
  if (tag < BYTES || tag >= BYTES + KINDS.length) throw torn(at);
  const length = readLongCount(area);
  if (length % elementSize(tag) !== 0) throw torn(at);
  at = (at + 7) & ~7;
  const from = skip(area, length);
  return viewOf(tag, copyOf(area, from, from + length));
}

function copyOf(area: Area, from: number, end: number): Uint8Array<ArrayBuffer> {
  if (end - from < LARGE) return area.bytes.slice(from, end) as Uint8Array<ArrayBuffer>;
  const copy = Buffer.allocUnsafeSlow(end - from).fill(area.bytes.subarray(from, end));
  return new Uint8Array(copy.buffer);
}
