/**
 * Where everything lies in the one SharedArrayBuffer of a pool.
 *
 * A **cell** is a task's place in shared memory: its arguments, its cancel flag and, later, its result.
 *
 *   host ──writes cell──▶ submission ring ──any worker claims──▶ runs ──writes result into the cell──▶ its completion ring ──▶ host
 *
 * - The submission ring has one producer (the host) and many consumers. A worker claims a *cell*, by compare-and-swap on the
 *   cell's state, and only when it is free to run it: no task waits behind a long one while another worker idles, and nothing
 *   needs to be stolen or moved when a worker dies.
 * - Each worker has its own completion ring, read by the host alone. No more cells are in flight than a ring has places, so it
 *   can never overflow.
 * - Words that different threads write lie on different cache lines.
 *
 * State word of a cell: | generation : 19 | index is implied | owner : 8 | state : 2 |, an entry of the ring is | generation | index |.
 * The generation makes an entry that was taken back harmless: claiming it fails.
 */
export const CELL_BITS = 12;
export const CELLS = 1 << CELL_BITS;
const CELL_MASK = CELLS - 1;
/** Twice the cells: entries that were taken back stay in the ring until a worker passes them. */
export const RING = CELLS * 2;
export const RING_MASK = RING - 1;

/** Bytes of a cell's area for arguments, then for the result; see `Arena` for what is larger. */
export const AREA_BYTES = 1280;
/** Int32 words of a cell's header: one cache line. */
export const HEADER = 16;
export const MAX_THREADS = 128;
const MASK_WORDS = MAX_THREADS / 32;
export const NAME_BYTES = 64 * 1024;

const LINE = 32; // Int32 words: two cache lines, because neighbours are fetched in pairs

/** Words of the control block. */
export const TAIL = 0 * LINE;
export const HEAD = 1 * LINE;
/** 1 while the host sleeps and wants its bell rung. */
export const HOST_ASLEEP = 2 * LINE;
export const HOST_BELL = 3 * LINE;
/** One bit per worker. Whoever clears a worker's bit owns that worker's next step. */
export const PARKED = 4 * LINE;
export const SEARCHING = 5 * LINE;
/** 1 while the host has a task for one certain worker and none was free. */
export const HOST_WANTS = 6 * LINE;
export const NAMES = 7 * LINE;
const WORKERS = 8 * LINE;

/** Words of a worker's block, from `workerBlock(index)` on. */
export const BELL = 0;
/** The entry of a cell that was given to this worker alone, plus one; 0 for none. */
export const DIRECT = 1;
export const STOP = 2;
/** 1 when a worker that was waking this one died before it rang: nobody else knows that this one sleeps. */
export const FORGOTTEN = 3;
/** Written by the worker. */
export const DONE_TAIL = LINE;
/** How many messages it has posted: the host reads its port only when this moved. */
export const POSTED = LINE + 1;
/** Milliseconds of CPU and of task time so far, and MiB of heap; sampled. */
export const CPU_MS = LINE + 2;
export const BUSY_MS = LINE + 3;
export const HEAP_MB = LINE + 4;
/** The system's id of the thread (Linux), or 0. */
export const TID = LINE + 5;
/** The worker that it is waking at this moment, plus one; 0 for none. */
export const WAKES = LINE + 6;
const WORKER_BLOCK = 2 * LINE;

/** Words of a cell's header. */
export const STATE = 0;
export const CANCEL = 1;
export const TASK = 2;
export const KIND = 3;
export const COUNT = 4;
/** Float64 words of a cell's header, counted from its first Float64. */
export const DEADLINE = 3;
export const VALUE = 4;
export const RUN_NS = 7;
/** When the task began, in ms of the clock that all threads share; takes the place of the deadline. */
export const STARTED = DEADLINE;

export const FREE = 0;
export const QUEUED = 1;
export const CLAIMED = 2;

/** How arguments travel: up to three numbers in the header, a list in the area, a longer list in a block, anything else by message. */
export const ARGS_NUMBERS = 0;
export const ARGS_LIST = 1;
export const ARGS_MESSAGE = 2;
/** The header's first and second number are where the block begins and ends in the arena. */
export const ARGS_BLOCK = 3;
/** What to do with them; a flag beside the lane. */
export const LANE = 3;
export const FOR_EACH = 4;
export const STREAM = 8;
export const CARRIES = 16;
/** The call has a deadline in its header. */
export const TIMED = 32;
/** The caller listens for progress. */
export const WATCHED = 64;
/** Somebody wants to hear when the task begins. */
export const TELL_START = 128;

export const RESULT_UNDEFINED = 0;
export const RESULT_NUMBER = 1;
export const RESULT_VALUE = 2;
export const RESULT_MESSAGE = 3;
/** In the block of the arguments. */
export const RESULT_BLOCK = 4;

export const workerBlock = (index: number): number => WORKERS + index * WORKER_BLOCK;
export const maskWord = (base: number, index: number): number => base + (index >> 5);
export const maskBit = (index: number): number => 1 << (index & 31);
export const maskWords = (threads: number): number => Math.min(MASK_WORDS, (threads + 31) >> 5);

export const entryOf = (generation: number, index: number): number =>
  ((generation & 0x7ffff) << CELL_BITS) | index;
export const cellOf = (entry: number): number => entry & CELL_MASK;
export const queuedState = (entry: number): number => (entry & ~CELL_MASK) | QUEUED;
export const claimedState = (entry: number, owner: number): number =>
  (entry & ~CELL_MASK) | (owner << 2) | CLAIMED;
export const ownerOf = (state: number): number => (state >> 2) & 0xff;

/** The views of one pool's memory; made anew in each thread over the same buffer. */
export interface Shared {
  readonly buffer: SharedArrayBuffer;
  readonly threads: number;
  readonly control: Int32Array;
  readonly ring: Int32Array;
  readonly done: Int32Array;
  readonly cells: Int32Array;
  readonly numbers: Float64Array;
  readonly areaOffset: number;
  readonly nameOffset: number;
}

const CONTROL_BYTES = (WORKERS + MAX_THREADS * WORKER_BLOCK) * 4;

/** Bytes for a pool of at most this many threads. Pages that are never touched cost nothing. */
export function sharedBytes(threads: number): number {
  return (
    CONTROL_BYTES + RING * 4 + threads * CELLS * 4 + CELLS * HEADER * 4 + CELLS * AREA_BYTES + NAME_BYTES
  );
}

export function views(buffer: SharedArrayBuffer, threads: number): Shared {
  let offset = 0;
  const ints = (bytes: number) => {
    const view = new Int32Array(buffer, offset, bytes / 4);
    offset += bytes;
    return view;
  };
  const control = ints(CONTROL_BYTES);
  const ring = ints(RING * 4);
  const done = ints(threads * CELLS * 4);
  const headerOffset = offset;
  const cells = ints(CELLS * HEADER * 4);
  const numbers = new Float64Array(buffer, headerOffset, (CELLS * HEADER) / 2);
  const areaOffset = offset;
  return {
    buffer,
    threads,
    control,
    ring,
    done,
    cells,
    numbers,
    areaOffset,
    nameOffset: areaOffset + CELLS * AREA_BYTES,
  };
}
