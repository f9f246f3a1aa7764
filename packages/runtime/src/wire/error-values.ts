import { inspect } from "node:util";

/** What one packed error may hold in all, so that an error never costs more than the task it ends. */
export const TEXT_MAX = 64 * 1024;
const WEIGHT_MAX = 1024 * 1024;
const NODES_MAX = 2_000;

/** What is left to spend on the values of one packed error. */
export interface Budget {
  weight: number;
  nodes: number;
}

export function freshBudget(): Budget {
  return { weight: WEIGHT_MAX, nodes: NODES_MAX };
}

/** A copy of the value that will certainly cross, or a text that describes it. Never throws. */
export function portable(value: unknown, budget: Budget): unknown {
  try {
    if (typeof value === "string") {
      budget.weight -= Math.min(value.length, TEXT_MAX);
      return budget.weight >= 0 ? clip(value) : clip(value, 200);
    }
    if (isScalar(value)) return value;
    if (typeof value === "object" && weigh(value, budget, new Set())) return structuredClone(value);
  } catch {
    // A getter threw, or something inside cannot be cloned: described.
  }
  return describe(value);
}

function isScalar(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === "number" || typeof value === "boolean" || typeof value === "bigint";
}

/** Spends the budget on everything inside the value; false when it does not suffice. */
function weigh(value: unknown, budget: Budget, seen: Set<object>): boolean {
  if (--budget.nodes < 0) return false;
  if (typeof value === "string") budget.weight -= value.length;
  if (typeof value !== "object" || value === null || seen.has(value)) return budget.weight >= 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) budget.weight -= value.buffer.byteLength;
  else if (value instanceof ArrayBuffer) budget.weight -= value.byteLength;
  else if (value instanceof Map) return all(value.keys(), budget, seen) && all(value.values(), budget, seen);
  else if (value instanceof Set) return all(value, budget, seen);
  else return Object.keys(value).length <= budget.nodes && all(Object.values(value), budget, seen);
  return budget.weight >= 0;
}

function all(values: Iterable<unknown>, budget: Budget, seen: Set<object>): boolean {
  for (const value of values) if (!weigh(value, budget, seen)) return false;
  return true;
}

/** A short text in place of a value that cannot be sent. */
function describe(value: unknown): string {
  return `[not sent: ${show(value)}]`;
}

/** The value as the console would show it, in short. Runs no `inspect` of the user's and never throws. */
export function show(value: unknown): string {
  try {
    const text = inspect(value, {
      depth: 1,
      customInspect: false,
      breakLength: Number.POSITIVE_INFINITY,
      maxArrayLength: 10,
      maxStringLength: 200,
    });
    return clip(text, 1_000);
  } catch {
    return "a value that cannot be shown";
  }
}

export function clip(text: string, max = TEXT_MAX): string {
  return text.length <= max ? text : `${text.slice(0, max)}... (${text.length - max} more characters)`;
}

/** What a property holds; reading it may run code of the user's, which may throw. */
export function peek(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch (error) {
    return `[not sent: reading it threw ${describeThrown(error)}]`;
  }
}

function describeThrown(error: unknown): string {
  try {
    return clip(String(error), 200);
  } catch {
    return "a value that cannot be shown";
  }
}
