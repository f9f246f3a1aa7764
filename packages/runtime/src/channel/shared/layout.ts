import { type Area, area } from "../../wire/codec.js";

/**
 * The memory of a channel between two threads: one that sends and one that receives.
 *
 *   sender ──record──▶ ring of bytes ──▶ receiver          WRITTEN, SENT: the sender's       READ, TAKEN: the receiver's
 *
 * - A record is two words (length of the payload, kind) and the payload, padded to 8 bytes; it never wraps: what is left at the
 *   end of the ring is skipped. Records are in memory before WRITTEN moves, and are not overwritten before READ moves.
 * - A value that is small and plain is one ITEM. Any other is serialized and travels as PARTs and a LAST, so that one of any size
 *   passes through a ring of this one; the receiver puts it together.
 * - SENT - TAKEN items are in the channel: at most its capacity. That is the credit of the sender.
 * - Who has to wait sets its ASLEEP and then looks again; who moved something takes that flag and rings. So neither polls, a ring
 *   costs nothing while the other side is awake, and none is lost.
 * - Words that different threads write lie on different cache lines.
 */
const LINE = 32;

export const MAGIC = 0;
export const CAPACITY = 1;
/** 0 open, CLOSED, or CLOSED_WITH_ERROR: then ERROR_BYTES of the error area hold it. */
export const STATE = 2;
export const ERROR_BYTES = 3;
/** Taken by whoever closes, before the error is written. */
export const CLOSING = 4;
/** 0, or the number of the one object that sends (receives): two at once would overwrite each other's items. */
export const SENDER = 5;
export const RECEIVER = 6;
export const LAST_NUMBER = 7;
export const WRITTEN = LINE;
export const SENT = LINE + 1;
export const READ = 2 * LINE;
export const TAKEN = 2 * LINE + 1;
export const SENDER_ASLEEP = 3 * LINE;
export const SENDER_BELL = 3 * LINE + 1;
export const RECEIVER_ASLEEP = 4 * LINE;
export const RECEIVER_BELL = 4 * LINE + 1;

const WORDS = 5 * LINE;
const ERROR_AREA = 16 * 1024;
const MAGIC_NUMBER = 0x4845_4444;

export const OPEN = 0;
export const CLOSED = 1;
export const CLOSED_WITH_ERROR = 2;

export const ITEM = 1;
export const PART = 2;
export const LAST = 3;
export const SKIP = 4;
/** Bytes of a record before its payload. */
export const HEAD = 8;
/** A payload up to this length is written in one piece: so much room there must be. */
export const SMALL = 1024;

const LEAST_BYTES = 16 * 1024;
const MOST_BYTES = 1024 * 1024;
const BYTES_PER_ITEM = 64;

export interface SharedMemory {
  readonly control: Int32Array;
  readonly error: Uint8Array;
  /** The ring: the same bytes for the codec, and as words for the heads of records. */
  readonly area: Area;
  readonly words: Int32Array;
  /** Length of the ring in bytes, a power of two. */
  readonly bytes: number;
}

export function allocate(capacity: number): SharedArrayBuffer {
  const wanted = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, capacity * BYTES_PER_ITEM));
  const memory = new SharedArrayBuffer(WORDS * 4 + ERROR_AREA + 2 ** Math.ceil(Math.log2(wanted)));
  const control = new Int32Array(memory, 0, WORDS);
  control[CAPACITY] = capacity;
  Atomics.store(control, MAGIC, MAGIC_NUMBER);
  return memory;
}

/** `undefined` if the memory is not that of a channel. */
export function view(memory: unknown): SharedMemory | undefined {
  if (!(memory instanceof SharedArrayBuffer)) return undefined;
  const start = WORDS * 4 + ERROR_AREA;
  const bytes = memory.byteLength - start;
  if (bytes < LEAST_BYTES || (bytes & (bytes - 1)) !== 0) return undefined;
  const control = new Int32Array(memory, 0, WORDS);
  if (Atomics.load(control, MAGIC) !== MAGIC_NUMBER) return undefined;
  return {
    control,
    error: new Uint8Array(memory, WORDS * 4, ERROR_AREA),
    area: area(memory, start, bytes),
    words: new Int32Array(memory, start, bytes / 4),
    bytes,
  };
}

export function padded(length: number): number {
  return (length + 7) & ~7;
}
