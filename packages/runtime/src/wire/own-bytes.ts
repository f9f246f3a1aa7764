import type { Transferable as NodeTransferable } from "node:worker_threads";

/**
 * Views of a larger buffer are sent as their own bytes alone. A small Buffer is a view of a slab that it shares with strangers: sent
 * as it is, the whole slab would be copied, their bytes included. Looks only at the value itself, not into it.
 */
export function ownBytes(value: unknown, transferList?: readonly NodeTransferable[]): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  const { buffer, byteOffset, byteLength } = value;
  if (byteLength === buffer.byteLength || !(buffer instanceof ArrayBuffer)) return value;
  if (transferList?.includes(buffer) === true) return value;
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  if (value instanceof Uint8Array) return new Uint8Array(bytes);
  const View = value.constructor as new (bytes: ArrayBuffer) => ArrayBufferView;
  return new View(bytes);
}

/** The same for each argument; the very list when none needs it. */
export function ownArgs(
  args: readonly unknown[],
  transferList?: readonly NodeTransferable[],
): readonly unknown[] {
  const own = args.map((arg) => ownBytes(arg, transferList));
  return own.some((arg, at) => arg !== args[at]) ? own : args;
}
