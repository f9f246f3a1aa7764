import { Arena } from "../wire/arena.js";
import { type Area, area, decode, encodeList, NO_ROOM, UNFIT } from "../wire/codec.js";
import {
  AREA_BYTES,
  ARGS_BLOCK,
  ARGS_LIST,
  ARGS_MESSAGE,
  ARGS_NUMBERS,
  CANCEL,
  CELLS,
  CLAIMED,
  COUNT,
  cellOf,
  DEADLINE,
  entryOf,
  FREE,
  HEADER,
  KIND,
  ownerOf,
  queuedState,
  RESULT_BLOCK,
  RESULT_NUMBER,
  RESULT_UNDEFINED,
  type Shared,
  STATE,
  TASK,
  VALUE,
} from "../wire/layout.js";
import type { Call } from "./call.js";
import { Large } from "./large.js";

/** The host's side of the cells: who has which, what is written into them, what is read out of them. */
export class Cells {
  readonly calls: (Call | undefined)[] = new Array<Call | undefined>(CELLS).fill(undefined);
  readonly #shared: Shared;
  readonly #area: Area;
  readonly large: Large;
  /** A stack: the cell that was used last is used first, so a pool touches only as much memory as it has calls in flight. */
  readonly #free = new Int32Array(CELLS);
  readonly #generations = new Int32Array(CELLS);
  #freeCount = CELLS;

  constructor(shared: Shared, arena = new Arena()) {
    this.#shared = shared;
    this.large = new Large(arena);
    this.#area = area(shared.buffer, shared.areaOffset, CELLS * AREA_BYTES);
    for (let index = 0; index < CELLS; index++) this.#free[index] = CELLS - 1 - index;
  }

  get available(): number {
    return this.#freeCount;
  }

  /** Gives a call a cell and writes its arguments. False when there is no room for it until others have ended. */
  write(call: Call): boolean {
    if (this.#freeCount === 0) return false;
    const index = this.#free[--this.#freeCount] ?? 0;
    this.calls[index] = call;
    call.cell = index;
    const { cells, numbers } = this.#shared;
    const header = index * HEADER;
    cells[header + CANCEL] = 0;
    cells[header + TASK] = call.task;
    if (call.deadline !== undefined) numbers[header / 2 + DEADLINE] = call.deadline;
    const lane = this.#writeArgs(call, index, header);
    if (lane < 0) {
      this.release(call);
      return false;
    }
    cells[header + KIND] = lane | call.flags;
    return true;
  }

  /** The lane, or NO_ROOM. */
  #writeArgs(call: Call, index: number, header: number): number {
    const { args } = call;
    const { cells, numbers } = this.#shared;
    cells[header + COUNT] = args.length;
    if (!call.byMessage && call.transferList === undefined) {
      if (args.length <= 3 && call.flags < 4 && areNumbers(args)) {
        const first = header / 2 + VALUE;
        for (let at = 0; at < args.length; at++) numbers[first + at] = args[at] as number;
        return ARGS_NUMBERS;
      }
      const start = index * AREA_BYTES;
      let written = encodeList(args, this.#area, start, start + AREA_BYTES);
      if (written >= 0) {
        call.args = NONE;
        return ARGS_LIST;
      }
      if (written === NO_ROOM) written = this.#writeBlock(call, header);
      if (written !== UNFIT) return written;
    }
    call.byMessage = true;
    return ARGS_MESSAGE;
  }

  #writeBlock(call: Call, header: number): number {
    const offset = this.large.write(call);
    if (offset < 0) return offset;
    const { numbers } = this.#shared;
    call.block = offset;
    numbers[header / 2 + VALUE] = offset;
    numbers[header / 2 + VALUE + 1] = this.large.end(offset);
    call.args = NONE;
    return ARGS_BLOCK;
  }

  /** Makes the cell claimable under a new generation; returns its ring entry. */
  arm(call: Call): number {
    const index = call.cell;
    const generation = ((this.#generations[index] ?? 0) + 1) & 0x7ffff;
    this.#generations[index] = generation;
    call.entry = entryOf(generation, index);
    this.#shared.cells[index * HEADER + STATE] = queuedState(call.entry);
    return call.entry;
  }

  /** Takes an armed cell back. False when a worker claimed it first. */
  disarm(call: Call): boolean {
    const queued = queuedState(call.entry);
    return Atomics.compareExchange(this.#shared.cells, call.cell * HEADER + STATE, queued, FREE) === queued;
  }

  release(call: Call): void {
    if (call.block >= 0) {
      this.large.release(call.block);
      call.block = -1;
    }
    this.calls[call.cell] = undefined;
    this.#free[this.#freeCount++] = call.cell;
    call.cell = -1;
  }

  /** The call whose cell was published under this entry, if it is still there. */
  byEntry(entry: number): Call | undefined {
    const call = this.calls[cellOf(entry)];
    return call?.entry === entry ? call : undefined;
  }

  /** The worker that claimed the cell, or -1. */
  owner(call: Call): number {
    const state = Atomics.load(this.#shared.cells, call.cell * HEADER + STATE);
    return (state & 3) === CLAIMED ? ownerOf(state) : -1;
  }

  askToCancel(call: Call): void {
    Atomics.store(this.#shared.cells, call.cell * HEADER + CANCEL, 1);
  }

  resultKind(index: number): number {
    return this.#shared.cells[index * HEADER + KIND] ?? 0;
  }

  /** The result of a finished cell, unless it came by message. */
  result(index: number, kind: number): unknown {
    if (kind === RESULT_NUMBER) return this.#shared.numbers[(index * HEADER) / 2 + VALUE];
    if (kind === RESULT_UNDEFINED) return undefined;
    if (kind === RESULT_BLOCK) return decode(this.large.arena.area, this.calls[index]?.block ?? -1);
    return decode(this.#area, index * AREA_BYTES);
  }
}

const NONE: readonly unknown[] = [];

function areNumbers(args: readonly unknown[]): boolean {
  for (let at = 0; at < args.length; at++) if (typeof args[at] !== "number") return false;
  return true;
}
