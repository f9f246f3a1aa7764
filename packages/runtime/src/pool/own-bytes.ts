import type { Transferable as NodeTransferable } from "node:worker_threads";

/**
 * Views of a larger buffer are sent as their own bytes alone. A small Buffer is a view of a slab that it shares with strangers: sent
 * as it is, the whole slab would be copied, their bytes included. Looks only at the arguments themselves, not into them.
 */
export function ownBytes(
  args: readonly unknown[],
  transferList: readonly NodeTransferable[] | undefined,
): readonly unknown[] {
  if (!args.some((arg) => isPartial(arg, transferList))) return args;
  return args.map((arg) => (isPartial(arg, transferList) ? new Uint8Array(arg) : arg));
}

function isPartial(
  value: unknown,
  transferList: readonly NodeTransferable[] | undefined,
): value is Uint8Array {
  return (
    value instanceof Uint8Array &&
    value.byteLength < value.buffer.byteLength &&
    !(value.buffer instanceof SharedArrayBuffer) &&
    transferList?.includes(value.buffer) !== true
  );
}
