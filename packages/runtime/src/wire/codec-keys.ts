import { type Area, SHORT_KEY_MAX } from "./codec-format.js";
import { readLatin1 } from "./codec-text.js";

/**
 * Property names by their bytes. A name made from bytes is a new string, which V8 must look up in its table of
 * internalized names at every store; the same few names come again and again, so they are kept, internalized.
 * Direct-mapped: a collision replaces. Bounded by SIZE names of at most SHORT_KEY_MAX units.
 */
const SIZE = 512;
const names: string[] = new Array<string>(SIZE).fill("");

/** The name of `length` (at most SHORT_KEY_MAX) one-byte units at `start`, all inside the area. */
export function readName(area: Area, start: number, length: number): string {
  const bytes = area.bytes;
  let hash = length;
  for (let i = 0; i < length; i++) hash = (hash * 31 + (bytes[start + i] as number)) | 0;
  const slot = (hash ^ (hash >>> 9)) & (SIZE - 1);
  const known = names[slot] as string;
  if (known.length === length && same(known, bytes, start)) return known;
  const name = internalized(readLatin1(area, start, length));
  if (length <= SHORT_KEY_MAX) names[slot] = name;
  return name;
}

/** The hash only guesses; the bytes decide. */
function same(name: string, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}

function internalized(name: string): string {
  for (const own in { [name]: 0 }) return own;
  return name;
}

/**
 * True for names that a plain assignment may not create as an own property: `__proto__`, and whatever else
 * Object.prototype has (an accessor or a read-only property there would catch the assignment).
 */
export function inherited(name: string): boolean {
  return name in Object.prototype;
}
