import {
  type Area,
  COUNT_MAX,
  LATIN1,
  LATIN1_LONG,
  NO_ROOM,
  SHORT_TEXT_MAX,
  torn,
  WIDE,
  WIDE_LONG,
} from "./codec-format.js";

/** Writes a tagged text; the end, or NO_ROOM when it does not fit. Lone surrogates and all are kept. */
export function writeText(text: string, area: Area, start: number, limit: number): number {
  const length = text.length;
  const from = start + 3;
  if (from + length > limit) return NO_ROOM;
  const bytes = area.bytes;
  if (length > SHORT_TEXT_MAX) return writeLongText(text, area, start, limit);
  let all = 0;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    all |= unit;
    bytes[from + i] = unit;
  }
  if (all > 255) return writeWide(text, area, start, limit);
  bytes[start] = LATIN1;
  bytes[start + 1] = length;
  bytes[start + 2] = 0;
  return from + length;
}

/** ASCII is found natively (its UTF-8 has as many bytes as it has units); other long texts take two bytes a unit. */
function writeLongText(text: string, area: Area, start: number, limit: number): number {
  const length = text.length;
  if (Buffer.byteLength(text) !== length) return writeWide(text, area, start, limit);
  if (start + headOf(length) + length > limit) return NO_ROOM;
  const from = writeLength(LATIN1, LATIN1_LONG, length, area, start);
  area.buffer.write(text, from, length, "latin1");
  return from + length;
}

function writeWide(text: string, area: Area, start: number, limit: number): number {
  const length = text.length;
  if (start + headOf(length) + 2 * length > limit) return NO_ROOM;
  const from = writeLength(WIDE, WIDE_LONG, length, area, start);
  area.buffer.write(text, from, 2 * length, "utf16le");
  return from + 2 * length;
}

/** Bytes of a tag with its length. */
export function headOf(length: number): number {
  return length > COUNT_MAX ? 5 : 3;
}

/** Writes a tag with its length, in the shorter form that holds it; returns the offset after both. */
export function writeLength(tag: number, long: number, length: number, area: Area, start: number): number {
  const { bytes, view } = area;
  if (length > COUNT_MAX) {
    bytes[start] = long;
    view.setUint32(start + 1, length, true);
    return start + 5;
  }
  bytes[start] = tag;
  bytes[start + 1] = length & 255;
  bytes[start + 2] = length >> 8;
  return start + 3;
}

/** The text of `length` one-byte units at `start`. The caller has checked that they are inside the area. */
export function readLatin1(area: Area, start: number, length: number): string {
  if (length > 12) return area.buffer.toString("latin1", start, start + length);
  // Up to 12 units, joined texts are flat in V8 and this is some times cheaper than a native call.
  const bytes = area.bytes;
  let text = "";
  let at = start;
  let left = length;
  for (; left >= 4; left -= 4) {
    text += String.fromCharCode(
      unit(bytes, at),
      unit(bytes, at + 1),
      unit(bytes, at + 2),
      unit(bytes, at + 3),
    );
    at += 4;
  }
  if (left === 3)
    return text + String.fromCharCode(unit(bytes, at), unit(bytes, at + 1), unit(bytes, at + 2));
  if (left === 2) return text + String.fromCharCode(unit(bytes, at), unit(bytes, at + 1));
  return left === 1 ? text + String.fromCharCode(unit(bytes, at)) : text;
}

/** The text of `length` two-byte units at `start`. */
export function readWide(area: Area, start: number, length: number): string {
  const end = start + 2 * length;
  if (end > area.bytes.length) throw torn(start);
  return area.buffer.toString("utf16le", start, end);
}

function unit(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}
