import { NotCloneableError } from "../error/errors.js";
import { isCloneable } from "../wire/cloneable.js";
import { CARRIES } from "../wire/layout.js";
import type { Call } from "./call.js";

/** Which argument it was: each is tried alone, which happens only after the whole list has failed. */
export function notCloneable(call: Call, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  const at = call.args.findIndex((arg) => !isCloneable(arg));
  const first = (call.flags & CARRIES) === 0 ? 1 : 0;
  const path = at < 0 ? "an argument" : at + first === 0 ? "a carried value" : `argument ${at + first}`;
  return new NotCloneableError(path, call.name, why, { cause: error });
}
