import { type Area, area } from "./codec.js";

/** Address space; memory is taken page by page where calls lie, lowest first, and kept for the next ones. */
export const ARENA_BYTES = 32 * 2 ** 20;

/**
 * The memory of a pool for calls that are too large for a cell. It has no size until the first such call: small calls alone cost nothing.
 *
 * The host gives out blocks of it (see `Blocks`). Arguments of a call lie in its block, and its result if that fits there.
 */
export class Arena {
  readonly memory: SharedArrayBuffer;
  #area: Area | undefined;

  constructor(memory = reserve()) {
    this.memory = memory;
  }

  /** @throws RangeError or TypeError when the system has no address space for it. */
  get area(): Area {
    if (this.#area === undefined) {
      if (this.memory.byteLength < ARENA_BYTES) this.memory.grow(ARENA_BYTES);
      // Of fixed length: a view that follows the memory's length is several times slower.
      this.#area = area(this.memory, 0, ARENA_BYTES);
    }
    return this.#area;
  }
}

/** Memory that cannot grow where there is no address space: then `area` throws, too. */
function reserve(): SharedArrayBuffer {
  try {
    return new SharedArrayBuffer(0, { maxByteLength: ARENA_BYTES });
  } catch {
    return new SharedArrayBuffer(0);
  }
}
