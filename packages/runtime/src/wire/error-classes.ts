import { HeddleError, isHeddleError } from "../error/base.js";
import * as own from "../error/errors.js";

type ErrorClass = abstract new (...args: never[]) => Error;

/** The classes that are rebuilt as themselves. A name from another thread is only ever looked up here. */
const CLASSES = new Map<string, ErrorClass>();
for (const known of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
  CLASSES.set(known.name, known);
}
CLASSES.set("AggregateError", AggregateError);
CLASSES.set("DOMException", DOMException);
if (typeof SuppressedError === "function") CLASSES.set("SuppressedError", SuppressedError); // Node 24 on
const OURS = [
  HeddleError,
  own.BadOptionError,
  own.CancelError,
  own.ChannelClosedError,
  own.ClosedError,
  own.DeadlockError,
  own.NotCloneableError,
  own.OwnerDiedError,
  own.QueueFullError,
  own.TaskLoadError,
  own.TimeoutError,
  own.WorkerDiedError,
] as const;
for (const known of OURS) CLASSES.set(`heddle:${known.name}`, known);

/**
 * The nearest class in the closed list: by prototype, or by name for an error of another realm or of another copy
 * of this library. May run code of the user's (a Proxy) and throw.
 */
export function knownClassOf(error: object): string {
  const ours = isHeddleError(error);
  for (let at: unknown = Object.getPrototypeOf(error), steps = 0; steps < 32; steps++) {
    if (typeof at !== "object" || at === null) break;
    const maker: unknown = Object.getOwnPropertyDescriptor(at, "constructor")?.value;
    if (typeof maker === "function") {
      const name = ours ? `heddle:${maker.name}` : maker.name;
      const known = CLASSES.get(name);
      if (known !== undefined && (ours || known.prototype === at || !(error instanceof Error))) return name;
    }
    at = Object.getPrototypeOf(at);
  }
  return ours ? "heddle:HeddleError" : "Error";
}

const named = new Map<string, ErrorClass>();
const NAMED_MAX = 256;

/**
 * An error of a known class, made without running the constructors of this library; `className` is the user's class.
 * A user's class is stood in for by a subclass of the known one that has its name: `constructor.name` and what the
 * console prints are right, `instanceof` holds for the known class, and does not for the user's own, whose module
 * may not even be loaded here.
 */
export function makeError(known: string, className: string, name: string, message: string): Error {
  if (known === "DOMException") return new DOMException(message, name) as unknown as Error;
  const base = CLASSES.get(known) ?? Error;
  const shape = className === base.name || className === "" ? base : standIn(base, known, className);
  return Reflect.construct(Error, [message], shape) as Error;
}

function standIn(base: ErrorClass, known: string, className: string): ErrorClass {
  const key = `${known} ${className}`;
  const found = named.get(key);
  if (found !== undefined) return found;
  const made: ErrorClass = class extends (base as new (message?: string) => Error) {};
  Object.defineProperty(made, "name", { value: className, configurable: true });
  if (named.size >= NAMED_MAX) named.clear(); // names are the worker's to choose: bounded
  named.set(key, made);
  return made;
}
