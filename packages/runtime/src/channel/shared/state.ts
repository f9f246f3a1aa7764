import { deserialize, serialize } from "node:v8";
import { BadOptionError } from "../../error/errors.js";
import { packError, unpackError } from "../../wire/error.js";
import { ring } from "./bell.js";
import {
  CLOSED,
  CLOSED_WITH_ERROR,
  CLOSING,
  ERROR_BYTES,
  LAST_NUMBER,
  RECEIVER_ASLEEP,
  RECEIVER_BELL,
  SENDER_ASLEEP,
  SENDER_BELL,
  SENT,
  type SharedMemory,
  STATE,
  TAKEN,
} from "./layout.js";

/** Closes for both sides, once. The error crosses as errors of pool tasks do: a copy, with its class name, message and stack. */
export function closeShared(memory: SharedMemory, error: unknown): void {
  const { control } = memory;
  if (Atomics.compareExchange(control, CLOSING, 0, 1) !== 0) return;
  if (error !== undefined) control[ERROR_BYTES] = writeError(memory.error, error);
  Atomics.store(control, STATE, error === undefined ? CLOSED : CLOSED_WITH_ERROR);
  ring(control, SENDER_ASLEEP, SENDER_BELL);
  ring(control, RECEIVER_ASLEEP, RECEIVER_BELL);
}

export function closedState(memory: SharedMemory): number {
  return Atomics.load(memory.control, STATE);
}

/** Items accepted and not received yet, whole or not. */
export function countOf({ control }: SharedMemory): number {
  return (Atomics.load(control, SENT) - Atomics.load(control, TAKEN)) | 0;
}

export function errorOf(memory: SharedMemory): unknown {
  if (closedState(memory) !== CLOSED_WITH_ERROR) return undefined;
  return unpackError(deserialize(memory.error.slice(0, memory.control[ERROR_BYTES])));
}

function writeError(into: Uint8Array, error: unknown): number {
  let bytes = serialize(packError(error));
  if (bytes.length > into.length) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const short = new Error(message.slice(0, 500));
    short.name = name.slice(0, 50);
    short.stack = `${short.name}: ${short.message}`;
    bytes = serialize(packError(short));
  }
  into.set(bytes.subarray(0, into.length));
  return Math.min(bytes.length, into.length);
}

/** A number that no other end of this channel has, in whatever thread. */
export function newNumber(memory: SharedMemory): number {
  return Atomics.add(memory.control, LAST_NUMBER, 1) + 1;
}

/** @throws BadOptionError if somebody else has this side. */
export function claim(memory: SharedMemory, side: number, number: number, what: string): void {
  const owner = Atomics.compareExchange(memory.control, side, 0, number);
  if (owner === 0 || owner === number) return;
  throw new BadOptionError(
    what,
    `a second user (end ${number} while end ${owner} has it)`,
    "used by one end in one thread at a time: dispose of the other first, or make a channel for each thread",
  );
}

export function unclaim(memory: SharedMemory, side: number, number: number): void {
  Atomics.compareExchange(memory.control, side, number, 0);
}
