import type { MessagePort, Transferable as NodeTransferable } from "node:worker_threads";
import type { Arena } from "../wire/arena.js";
import { type Area, area, encode, NO_ROOM } from "../wire/codec.js";
import { packError } from "../wire/error.js";
import { ringHost } from "../wire/host-bell.js";
import {
  AREA_BYTES,
  ARGS_BLOCK,
  CELLS,
  cellOf,
  DONE_TAIL,
  HEADER,
  KIND,
  POSTED,
  RESULT_BLOCK,
  RESULT_MESSAGE,
  RESULT_NUMBER,
  RESULT_UNDEFINED,
  RESULT_VALUE,
  RUN_NS,
  type Shared,
  STARTED,
  VALUE,
  workerBlock,
} from "../wire/layout.js";
import type { Message } from "../wire/message.js";
import { ownBytes } from "../wire/own-bytes.js";
import { Moved } from "../wire/transfer.js";

/** What a worker sends back: results through cells, all else by message. */
export class Outbox {
  readonly #shared: Shared;
  readonly #port: MessagePort;
  readonly #area: Area;
  readonly #arena: Arena;
  readonly #tail: number;
  readonly #posted: number;
  readonly #ring: number;
  #next: number;

  constructor(shared: Shared, arena: Arena, worker: number, port: MessagePort) {
    this.#shared = shared;
    this.#arena = arena;
    this.#port = port;
    this.#area = area(shared.buffer, shared.areaOffset, CELLS * AREA_BYTES);
    this.#tail = workerBlock(worker) + DONE_TAIL;
    this.#posted = workerBlock(worker) + POSTED;
    this.#ring = worker * CELLS;
    this.#next = Atomics.load(shared.control, this.#tail);
  }

  /** Ends a task, whose arguments came in this lane, with its value; `instead` makes another of one that cannot be cloned, and of why. */
  settle(
    entry: number,
    lane: number,
    value: unknown,
    startedMs: number,
    runNs: number,
    instead?: (value: unknown, why: string) => unknown,
  ): void {
    const { cells, numbers } = this.#shared;
    const index = cellOf(entry);
    const header = index * HEADER;
    if (typeof value === "number") {
      numbers[header / 2 + VALUE] = value;
      cells[header + KIND] = RESULT_NUMBER;
    } else if (value === undefined) {
      cells[header + KIND] = RESULT_UNDEFINED;
    } else {
      const kind = value instanceof Moved ? RESULT_MESSAGE : this.#write(index, lane, value);
      cells[header + KIND] = kind;
      if (kind === RESULT_MESSAGE) this.#postResult(entry, value, instead);
    }
    this.#done(index, startedMs, runNs);
  }

  /** Writes a value where there is room for it; where, as RESULT_... */
  #write(index: number, lane: number, value: unknown): number {
    const start = index * AREA_BYTES;
    const end = encode(value, this.#area, start, start + AREA_BYTES);
    if (end >= 0) return RESULT_VALUE;
    if (end !== NO_ROOM || lane !== ARGS_BLOCK) return RESULT_MESSAGE;
    const block = (index * HEADER) / 2 + VALUE;
    const { numbers } = this.#shared;
    const written = encode(value, this.#arena.area, numbers[block] ?? 0, numbers[block + 1] ?? 0);
    return written >= 0 ? RESULT_BLOCK : RESULT_MESSAGE;
  }

  /** Ends a task with a message that says why there is no value. */
  fail(entry: number, message: Message, startedMs: number, runNs: number): void {
    const index = cellOf(entry);
    this.#shared.cells[index * HEADER + KIND] = RESULT_MESSAGE;
    this.post(message);
    this.#done(index, startedMs, runNs);
  }

  throws(entry: number, error: unknown, startedMs: number, runNs: number): void {
    this.fail(entry, { type: "error", entry, error: packError(error) }, startedMs, runNs);
  }

  post(message: Message, transferList?: readonly NodeTransferable[]): void {
    this.#port.postMessage(message, transferList);
    Atomics.add(this.#shared.control, this.#posted, 1);
  }

  /** A message that the host should read now, though no task has ended. */
  tell(message: Message): void {
    this.post(message);
    ringHost(this.#shared);
  }

  #postResult(entry: number, value: unknown, instead?: (value: unknown, why: string) => unknown): void {
    try {
      if (value instanceof Moved) this.post({ type: "result", entry, value: value.value }, value.list);
      else this.post({ type: "result", entry, value: ownBytes(value) });
    } catch (error) {
      const why = whyOf(error);
      if (instead === undefined) this.post({ type: "not-cloneable", entry, why });
      else this.#postResult(entry, instead(value, why));
    }
  }

  #done(index: number, startedMs: number, runNs: number): void {
    const { control, done, numbers } = this.#shared;
    numbers[(index * HEADER) / 2 + RUN_NS] = runNs;
    numbers[(index * HEADER) / 2 + STARTED] = startedMs;
    done[this.#ring + (this.#next & (CELLS - 1))] = index;
    this.#next = (this.#next + 1) | 0;
    Atomics.store(control, this.#tail, this.#next);
    ringHost(this.#shared);
  }
}

/** The message of whatever was thrown; a getter of the result's may have thrown something that cannot even be shown. */
function whyOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "reading it threw something that cannot be shown";
  }
}
