import type { Scope } from "../group/scope.js";
import type { Gate } from "./gate.js";
import type { Hold } from "./hold.js";
import { type OrderEdge, reportInversion } from "./order-report.js";
import { ALL } from "./permits.js";
import { spendText } from "./stacks.js";
import { framesOf } from "./text.js";

/**
 * The order in which locks are taken: an edge A -> B says that somebody wanted B while it held A. A way back from B to A is an
 * inversion: two tasks that go both ways at once wait for each other for ever, so one sight of each way, at any time, is enough.
 *
 * Nodes are classes of locks (by name or by the line that made them), so that the locks of two requests correlate. Within a class,
 * they are the locks themselves: two accounts locked in the order of their numbers are no inversion. Only numbers and text are kept,
 * at most EDGES of them; beyond that everything seen is forgotten and learned anew.
 *
 * No inversion: ways where both only read, ways that were always gone under one and the same other lock, tries, and acquires with
 * a timeout (they give up by themselves).
 */
const EDGES = 8_192;
const STEPS = 1_024;
const REPORTED = 1_024;

const classes = new Map<string, number>();
const edges = new Map<number, Map<number, OrderEdge>>();
const reported = new Set<string>();
let count = 0;

/** `gate` is wanted by who holds `held`. */
export function sawOrder(held: readonly Hold[], gate: Gate, read: boolean, scope: Scope): void {
  if (!exclusive(gate)) return;
  for (const hold of held) if (hold.gate !== gate && exclusive(hold.gate)) saw(hold, held, gate, read, scope);
}

function saw(hold: Hold, held: readonly Hold[], gate: Gate, read: boolean, scope: Scope): void {
  const same = classOf(hold.gate) === classOf(gate);
  const from = same ? instanceOf(hold.gate) : classOf(hold.gate);
  const to = same ? instanceOf(gate) : classOf(gate);
  const key = to * 4 + (hold.read ? 2 : 0) + (read ? 1 : 0);
  const known = edges.get(from)?.get(key);
  if (known !== undefined) {
    if (known.under.length === 0) return;
    const under = known.under.filter((id) => held.some((other) => other.gate.id === id));
    if (under.length === known.under.length) return;
    known.under = under;
    search(known);
    return;
  }
  if (count >= EDGES) forget();
  const withText = !same || spendText();
  const here: { stack?: string } = {};
  if (withText) Error.captureStackTrace(here, gate.acquire);
  const edge: OrderEdge = {
    from,
    to,
    fromRead: hold.read,
    toRead: read,
    fromLabel: hold.gate.label,
    toLabel: gate.label,
    who: scope.task.label,
    under: held
      .filter((other) => other !== hold && !other.read && other.gate !== gate)
      .map(({ gate: { id } }) => id),
    fromStack: withText ? framesOf(hold.stack) : undefined,
    toStack: framesOf(here),
  };
  count += 1;
  let out = edges.get(from);
  if (out === undefined) {
    out = new Map();
    edges.set(from, out);
  }
  out.set(key, edge);
  search(edge);
}

/** A semaphore of several permits is no order: somebody else may give one back. */
function exclusive(gate: Gate): boolean {
  return gate.capacity === 1 || gate.capacity === ALL;
}

function classOf(gate: Gate): number {
  if (gate.order !== undefined) return gate.order;
  const site = gate.named ? undefined : framesOf(gate.site);
  const key = gate.named ? `name ${gate.label}` : `site ${site ?? gate.label}`;
  let id = classes.get(key);
  if (id === undefined) {
    if (classes.size >= EDGES) classes.clear();
    nextClass += 2;
    id = nextClass;
    classes.set(key, id);
  }
  gate.order = id;
  return id;
}

let nextClass = 0;

/** Odd, where classes are even. */
function instanceOf(gate: Gate): number {
  return gate.id * 2 + 1;
}

function forget(): void {
  edges.clear();
  count = 0;
}

/** Looks for a way from the end of `edge` back to its beginning. */
function search(edge: OrderEdge): void {
  const seen = new Set<number>();
  let steps = 0;
  const way: OrderEdge[] = [edge];
  const back = (node: number, read: boolean): boolean => {
    for (const next of edges.get(node)?.values() ?? []) {
      if (++steps > STEPS) return false;
      if (read && next.fromRead) continue;
      way.push(next);
      if (next.to === edge.from) {
        if (!(next.toRead && edge.fromRead) && !underOne(way)) return true;
      } else if (!seen.has(next.to * 2 + Number(next.toRead))) {
        seen.add(next.to * 2 + Number(next.toRead));
        if (way.length < 32 && back(next.to, next.toRead)) return true;
      }
      way.pop();
    }
    return false;
  };
  if (back(edge.to, edge.toRead)) tell(way);
}

function underOne([first, ...others]: readonly OrderEdge[]): boolean {
  return first?.under.some((id) => others.every(({ under }) => under.includes(id))) ?? false;
}

function tell(way: readonly OrderEdge[]): void {
  const key = way
    .map(({ from }) => from)
    .sort((a, b) => a - b)
    .join(" ");
  if (reported.has(key)) return;
  if (reported.size >= REPORTED) reported.clear();
  reported.add(key);
  reportInversion(way);
}
