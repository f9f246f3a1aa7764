/**
 * The bytes of one value in a cell. A value is one tag byte and what the tag asks for, little endian:
 *
 *   128..255             the integer 0..127 itself
 *   INT                  i32
 *   FLOAT, DATE          f64
 *   BIGINT               i64
 *   BIGINT_LONG          sign u8, then a text of hexadecimal digits
 *   LATIN1               length u16, one byte per UTF-16 unit
 *   WIDE                 length u16, two bytes per UTF-16 unit: lone surrogates survive
 *   LATIN1_LONG, WIDE_LONG, ARRAY_LONG  the same with a length of u32
 *   ARRAY                length u16, the values
 *   OBJECT               count u16, then per property: key, value
 *   BYTES and above      length u32, padding up to a multiple of 8, the bytes
 *
 * A key is its length as u8 and one byte per unit, or LONG_KEY and a text (LATIN1 or WIDE).
 * An argument list is its length as u8 and the values. Tag 0 is none: a cell of zeros is torn, not empty.
 */
export const UNDEFINED = 1;
export const NULL = 2;
export const TRUE = 3;
export const FALSE = 4;
export const INT = 5;
export const FLOAT = 6;
export const BIGINT = 7;
export const BIGINT_LONG = 8;
export const LATIN1 = 9;
export const WIDE = 10;
export const DATE = 11;
export const ARRAY = 12;
export const OBJECT = 13;
export const LATIN1_LONG = 14;
export const WIDE_LONG = 15;
export const BYTES = 16;
export const ARRAY_LONG = 29;
export const SMALL_INT = 128;

/** In place of a key's length: the key follows as a text. */
export const LONG_KEY = 255;
/** Longest key written as length and bytes. */
export const SHORT_KEY_MAX = 64;
/** Longest text written character by character: a native call costs about as much as this many steps. */
export const SHORT_TEXT_MAX = 24;
/** Where counts are u16; the long forms take longer texts and arrays. */
export const COUNT_MAX = 65_535;

/** What a writer returns instead of an end: the value has to go by the port. */
export const UNFIT = -1;
/** The same: it may fit where there is more room. */
export const NO_ROOM = -2;
/** Containers inside containers; deeper values take the port, whose recursion is native. */
export const DEPTH_MAX = 16;
export const ARGUMENTS_MAX = 255;

/** One payload memory seen three ways. Positions given to the codec are offsets into it. */
export interface Area {
  readonly bytes: Uint8Array;
  readonly buffer: Buffer;
  readonly view: DataView;
}

/**
 * The area of `byteLength` bytes at `byteOffset` of the memory.
 * `byteOffset` should be a multiple of 8: V8 copies shared memory word by word only where both sides are aligned,
 * and byte by byte (five times slower for 1 KB) elsewhere.
 */
export function area(sab: SharedArrayBuffer, byteOffset: number, byteLength: number): Area {
  return {
    bytes: new Uint8Array(sab, byteOffset, byteLength),
    buffer: Buffer.from(sab, byteOffset, byteLength),
    view: new DataView(sab, byteOffset, byteLength),
  };
}

/** What a reader throws for bytes that no writer of ours leaves behind. */
export function torn(at: number): Error {
  return new Error(`a cell holds bytes that are no value (at offset ${at}): this is a bug in Heddle`);
}
