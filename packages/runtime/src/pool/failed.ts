import { NotCloneableError, TaskLoadError } from "../error/errors.js";
import { unpackError } from "../wire/error.js";
import type { Message } from "../wire/message.js";
import type { Call } from "./call.js";

/** The error for the caller of a task that ended with a message other than its result. */
export function errorOf(pool: string, call: Call, message: Message): unknown {
  switch (message.type) {
    case "error":
      return unpackError(message.error, call.site?.stack);
    case "not-cloneable":
      return new NotCloneableError("the result", call.name, message.why);
    case "no-such-task":
      return noSuchTask(pool, call.name, message.names);
    default:
      return new Error(`this is a bug in Heddle: a task ended with a message of type ${message.type}`);
  }
}

export function noSuchTask(pool: string, name: string, names: readonly string[]): TaskLoadError {
  const known = names.length === 0 ? "it exports no function" : `it exports ${names.join(", ")}`;
  return new TaskLoadError(`the module of ${pool} has no function ${JSON.stringify(name)}: ${known}`);
}
