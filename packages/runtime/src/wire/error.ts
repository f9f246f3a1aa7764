import { types } from "node:util";
import { NotCloneableError } from "../error/errors.js";
import { knownClassOf, makeError } from "./error-classes.js";
import { type Budget, clip, freshBudget, peek, portable, show, TEXT_MAX } from "./error-values.js";

/** Whatever was thrown, in a form that always crosses threads. Errors lie in a table, so cycles stay cycles. */
export interface PackedError {
  readonly root: Node;
  readonly errors: readonly PackedOne[];
}

type Node =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "error"; readonly index: number }
  | { readonly kind: "list"; readonly items: readonly Node[] };

interface PackedOne {
  /** A name in the closed list of classes. */
  readonly known: string;
  readonly className: string;
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly own: readonly Property[];
}

interface Property {
  readonly key: string;
  readonly node: Node;
  readonly enumerable: boolean;
}

const ERRORS_MAX = 64;
const PROPERTIES_MAX = 64;
const LIST_MAX = 64;
const NAME_MAX = 256;

/** Reading one of these may find an inherited getter; everything else has to be the error's own. */
const WELL_KNOWN = ["code", "cause"];
const HANDLED = new Set(["stack", "message"]);

/**
 * Packs what a task threw. Never throws and changes nothing, whatever it is given: what cannot be cloned becomes a
 * text that describes it, and sizes are bounded (64 errors, 64 properties each, 1 MiB in all).
 *
 * An error keeps its class as far as it is a built-in one or ours, the name of a class of the user's, `name`,
 * `message`, `stack`, and its own properties (`cause`, `errors`, `code` and all others with string keys).
 * Another value is copied as it is; one that cannot be becomes a NotCloneableError.
 */
export function packError(thrown: unknown): PackedError {
  const packer = new Packer();
  const root = isError(thrown) ? packer.error(thrown) : packer.thrownValue(thrown);
  return { root, errors: packer.errors };
}

class Packer {
  readonly errors: PackedOne[] = [];
  readonly #indices = new Map<object, number>();
  readonly #budget: Budget = freshBudget();

  error(error: object): Node {
    const known = this.#indices.get(error);
    if (known !== undefined) return { kind: "error", index: known };
    const index = this.#indices.size;
    if (index >= ERRORS_MAX) return { kind: "value", value: `[not sent: more than ${ERRORS_MAX} errors]` };
    this.#indices.set(error, index);
    const name = this.#text(peek(error, "name"), NAME_MAX);
    const message = this.#text(peek(error, "message"));
    const stack = peek(error, "stack");
    const one: Omit<PackedOne, "own"> = {
      known: attempt(() => knownClassOf(error), "Error"),
      className: attempt(() => this.#text(error.constructor.name, NAME_MAX), ""),
      name,
      message,
      stack: typeof stack === "string" ? this.#text(stack) : `${name}: ${message}`,
    };
    const own: Property[] = [];
    this.errors[index] = { ...one, own };
    for (const [key, enumerable] of keysOf(error)) {
      own.push({ key, enumerable, node: this.#node(peek(error, key)) });
    }
    return { kind: "error", index };
  }

  thrownValue(value: unknown): Node {
    const copy = portable(value, this.#budget);
    if (typeof copy !== "string" || typeof value === "string") return { kind: "value", value: copy };
    const why = `it is ${show(value)}; throw an Error instead`;
    return this.error(new NotCloneableError("the value thrown", "the task", why));
  }

  #node(value: unknown): Node {
    if (isError(value)) return this.error(value);
    const listed = attempt(() => Array.isArray(value) && value.slice(0, LIST_MAX).some(isError), false);
    return listed ? this.#list(value as unknown[]) : { kind: "value", value: portable(value, this.#budget) };
  }

  /** A list that holds errors. One level: a list in a list is a value, or a cycle of lists would never end. */
  #list(values: readonly unknown[]): Node {
    const items: Node[] = [];
    for (const value of values.slice(0, LIST_MAX)) {
      items.push(
        isError(value) ? this.error(value) : { kind: "value", value: portable(value, this.#budget) },
      );
    }
    const more = values.length - items.length;
    if (more > 0) items.push({ kind: "value", value: `[not sent: ${more} more]` });
    return { kind: "list", items };
  }

  #text(value: unknown, max = TEXT_MAX): string {
    const whole = typeof value === "string" ? value : attempt(() => String(value), "");
    const sent = clip(whole, Math.max(0, Math.min(max, this.#budget.weight)));
    this.#budget.weight -= sent.length;
    return sent;
  }
}

/** The properties to send and whether they are enumerable: the error's own, and what its class computes for it. */
function keysOf(error: object): [string, boolean][] {
  return attempt(() => {
    const keys: [string, boolean][] = [];
    const own = Object.getOwnPropertyNames(error).filter(
      (key) => !HANDLED.has(key) && key.length <= NAME_MAX,
    );
    for (const key of own.slice(0, PROPERTIES_MAX)) {
      keys.push([key, Object.getOwnPropertyDescriptor(error, key)?.enumerable ?? false]);
    }
    const dom = error instanceof DOMException; // its `code` follows from its name
    for (const key of WELL_KNOWN) {
      if (!dom && !Object.hasOwn(error, key) && peek(error, key) !== undefined) keys.push([key, false]);
    }
    return keys;
  }, []);
}

/**
 * The error as the caller sees it: a new object of the same built-in class (or ours), else a subclass named like the
 * user's (`constructor.name` is right; `instanceof` holds for the built-in class only: match on `name` or `code`).
 * Its `stack` is the worker's, a line `at <worker thread>`, and the frames of `callSite`, the stack text of the call.
 * A value that was no error comes back as it was.
 */
export function unpackError(packed: PackedError, callSite?: string): unknown {
  const made = packed.errors.map((one) => makeError(one.known, one.className, one.name, one.message));
  for (const [index, error] of made.entries()) {
    const one = packed.errors[index];
    if (one !== undefined) restore(error, one, made);
  }
  const root = rebuild(packed.root, made);
  if (packed.root.kind === "error" && callSite !== undefined) addCallSite(root as Error, callSite);
  return root;
}

function restore(error: Error, one: PackedOne, made: readonly Error[]): void {
  hide(error, "stack", one.stack);
  for (const { key, node, enumerable } of one.own) {
    const value = rebuild(node, made);
    Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true });
  }
  if (error.message !== one.message) hide(error, "message", one.message);
  if (error.name !== one.name) hide(error, "name", one.name);
}

function rebuild(node: Node, made: readonly Error[]): unknown {
  if (node.kind === "value") return node.value;
  if (node.kind === "error") return made[node.index];
  return node.items.map((item) => rebuild(item, made));
}

function addCallSite(error: Error, callSite: string): void {
  const frames = callSite.split("\n").filter((line) => /^\s+at /.test(line));
  hide(error, "stack", [error.stack, "    at <worker thread>", ...frames].join("\n"));
}

function hide(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, enumerable: false, writable: true, configurable: true });
}

function isError(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return types.isNativeError(value) || attempt(() => value instanceof Error, false);
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
