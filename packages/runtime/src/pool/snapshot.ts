import type { Call } from "./call.js";

/**
 * Copies the arguments of a call that has to wait, so that what the caller changes meanwhile does not reach the task. Buffers in the
 * transfer list leave the caller at once. @throws DataCloneError
 */
export function snapshot(call: Call): void {
  if (call.transferList !== undefined) {
    const copy = structuredClone(
      { args: call.args, list: call.transferList },
      { transfer: [...call.transferList] },
    );
    call.args = copy.args;
    call.transferList = copy.list;
  } else if (!call.args.every(isImmutable)) call.args = structuredClone(call.args);
}

function isImmutable(value: unknown): boolean {
  return (
    value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol")
  );
}
