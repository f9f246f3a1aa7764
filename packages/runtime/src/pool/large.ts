import type { Arena } from "../wire/arena.js";
import { type Area, encodeList, NO_ROOM, UNFIT } from "../wire/codec.js";
import { Blocks, LARGEST_BLOCK } from "./blocks.js";
import type { Call } from "./call.js";

/** A try that finds too little room goes on with this many times as much: what is written in vain is at most a seventh. */
const STEP = 8;
const SMALLEST_TRY = 4_096;
/** More than the tags, lengths and padding of two arguments. */
const FRAME_BYTES = 64;
/** Of an element whose size is not looked at. */
const ELEMENT_BYTES = 8;

/** Arguments that do not fit into a cell, as bytes in the arena: any worker can take such a call, without the host. */
export class Large {
  readonly arena: Arena;
  /** Undefined until the first large call. */
  blocks: Blocks | undefined;
  #area: Area | undefined;
  #inUse = 0;
  #refused = false;

  constructor(arena: Arena) {
    this.arena = arena;
  }

  /**
   * Writes the arguments and returns their offset. UNFIT: they must go by message. NO_ROOM: blocks that others hold are in the way;
   * try again when one of them has ended.
   */
  write(call: Call): number {
    if (!this.#open()) return UNFIT;
    const area = this.#area as Area;
    const blocks = this.blocks as Blocks;
    for (let bytes = call.bytes || guess(call.args); bytes <= LARGEST_BLOCK; ) {
      const offset = blocks.take(bytes);
      if (offset < 0) {
        call.bytes = bytes;
        return this.#inUse > 0 ? NO_ROOM : UNFIT;
      }
      this.#inUse++;
      const size = blocks.size(offset);
      const end = encodeList(call.args, area, offset, offset + size);
      if (end >= 0) {
        blocks.trim(offset, end - offset);
        return offset;
      }
      this.release(offset);
      if (end === UNFIT || size === LARGEST_BLOCK) return UNFIT;
      bytes = Math.min(size * STEP, LARGEST_BLOCK);
    }
    return UNFIT;
  }

  /** The end of a block, which may lie behind that of the arguments: their result has so much room. */
  end(offset: number): number {
    return offset + (this.blocks as Blocks).size(offset);
  }

  release(offset: number): void {
    this.#inUse--;
    (this.blocks as Blocks).release(offset);
  }

  /** False when the system has no address space for an arena: such calls go by message. */
  #open(): boolean {
    if (this.#area !== undefined) return true;
    if (this.#refused) return false;
    try {
      this.#area = this.arena.area;
      this.blocks = new Blocks(this.#area.bytes.length);
    } catch {
      this.#refused = true;
    }
    return !this.#refused;
  }
}

/** Bytes that the arguments take at least, as far as that costs nothing to know. A class of the user's may say anything, or throw. */
function guess(args: readonly unknown[]): number {
  let bytes = FRAME_BYTES;
  try {
    for (const arg of args) {
      if (typeof arg === "string") bytes += arg.length;
      else if (ArrayBuffer.isView(arg) || arg instanceof ArrayBuffer) bytes += arg.byteLength;
      else if (Array.isArray(arg)) bytes += arg.length * ELEMENT_BYTES;
    }
  } catch {
    return SMALLEST_TRY;
  }
  return bytes >= SMALLEST_TRY ? bytes : SMALLEST_TRY;
}
