import { BYTES } from "./codec-format.js";

/** Tags of binary values, as distances from `BYTES`. Float16Array is not in Node 20: it takes the port. */
export const KINDS = [
  "Uint8Array",
  "ArrayBuffer",
  "DataView",
  "Int8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
] as const;

/**
 * What a view or buffer really is, whatever its class overrides or its own properties shadow:
 * the built-in getters read the internal slots. A class with a `length` of its own would otherwise make
 * `set` write more bytes than were asked room for, into the neighbour's cell.
 */
type Getter<T> = (this: unknown) => T;
function getter<T>(prototype: object, key: PropertyKey): Getter<T> {
  const get = Object.getOwnPropertyDescriptor(prototype, key)?.get;
  if (get === undefined) throw new Error(`no getter ${String(key)}: this is a bug in Heddle`);
  return get as Getter<T>;
}
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const nameOf = getter<string | undefined>(typedArray, Symbol.toStringTag);
const bufferOf = getter<ArrayBufferLike>(typedArray, "buffer");
const offsetOf = getter<number>(typedArray, "byteOffset");
const lengthOf = getter<number>(typedArray, "byteLength");
const viewBufferOf = getter<ArrayBufferLike>(DataView.prototype, "buffer");
const viewOffsetOf = getter<number>(DataView.prototype, "byteOffset");
const viewLengthOf = getter<number>(DataView.prototype, "byteLength");
const resizable = getter<boolean>(ArrayBuffer.prototype, "resizable");

/** The tag of a view, or -1 for a kind this codec does not know. */
export function viewTag(view: ArrayBufferView): number {
  const name = nameOf.call(view);
  if (name === "Uint8Array") return BYTES;
  const kind = name === undefined ? 2 : KINDS.indexOf(name as (typeof KINDS)[number]);
  return kind === -1 ? -1 : BYTES + kind;
}

/**
 * The bytes of a view as they can be copied, or undefined when its memory is shared or resizable.
 * Throws when the memory is detached; so does copying from what a detached Uint8Array gives here.
 */
export function viewBytes(view: ArrayBufferView, tag: number): Uint8Array | undefined {
  if (tag === BYTES) return isFixed(bufferOf.call(view)) ? (view as Uint8Array) : undefined;
  const typed = tag !== BYTES + 2;
  const memory = typed ? bufferOf.call(view) : viewBufferOf.call(view);
  if (!isFixed(memory)) return undefined;
  return typed
    ? new Uint8Array(memory, offsetOf.call(view), lengthOf.call(view))
    : new Uint8Array(memory, viewOffsetOf.call(view), viewLengthOf.call(view));
}

/** The bytes of an ArrayBuffer, or undefined when it is not one or resizable. Throws when it is detached. */
export function memoryBytes(memory: object): Uint8Array | undefined {
  return isFixed(memory) ? new Uint8Array(memory) : undefined;
}

/** The real length of a view's bytes. */
export function byteLengthOf(bytes: Uint8Array): number {
  return lengthOf.call(bytes);
}

/** True for an ArrayBuffer that keeps its size. The getter throws for whatever else has its prototype. */
function isFixed(memory: object): memory is ArrayBuffer {
  try {
    return !resizable.call(memory);
  } catch {
    return false;
  }
}

/** The value of tag `tag` over fresh memory that nothing else refers to. */
export function viewOf(tag: number, bytes: Uint8Array<ArrayBuffer>): unknown {
  if (tag === BYTES) return bytes;
  const memory = bytes.buffer;
  switch (KINDS[tag - BYTES]) {
    case "ArrayBuffer":
      return memory;
    case "DataView":
      return new DataView(memory);
    case "Int8Array":
      return new Int8Array(memory);
    case "Uint8ClampedArray":
      return new Uint8ClampedArray(memory);
    case "Int16Array":
      return new Int16Array(memory);
    case "Uint16Array":
      return new Uint16Array(memory);
    case "Int32Array":
      return new Int32Array(memory);
    case "Uint32Array":
      return new Uint32Array(memory);
    case "Float32Array":
      return new Float32Array(memory);
    case "Float64Array":
      return new Float64Array(memory);
    case "BigInt64Array":
      return new BigInt64Array(memory);
    default:
      return new BigUint64Array(memory);
  }
}

/** Bytes per element of the kind, for which the length of the bytes must be a multiple. */
export function elementSize(tag: number): number {
  const kind = tag - BYTES;
  if (kind < 5) return 1;
  if (kind < 7) return 2;
  return kind < 10 ? 4 : 8;
}
