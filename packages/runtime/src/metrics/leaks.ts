import { AssertionError } from "node:assert";
import { HeddleError } from "../error/base.js";
import { reportsOn } from "../group/config.js";
import { type LeakKind, type StackSource, setTracker, type Tracked } from "./tracking.js";

export type { LeakKind };

/** Something still alive: what it is, for how long, and the stack that made it. */
export interface Leak {
  readonly kind: LeakKind;
  readonly name: string;
  readonly aliveMs: number;
  readonly stack: string | undefined;
}

const now = performance.now.bind(performance);
const alive = new Set<Entry>();

class Entry implements Tracked {
  readonly kind: LeakKind;
  readonly name: string;
  readonly since = now();
  stack: StackSource;

  constructor(kind: LeakKind, name: string, stack: StackSource) {
    this.kind = kind;
    this.name = name;
    this.stack = stack;
  }

  /** Drops the stack too: an unrendered one keeps functions alive, and whoever tracked may keep this handle. */
  end(): void {
    alive.delete(this);
    this.stack = "";
  }
}

setTracker((kind, name, stack) => {
  const entry = new Entry(kind, name, stack);
  alive.add(entry);
  return entry;
});

/**
 * Groups, tasks, waiters and workers still alive, oldest first, each with the stack that made it.
 * What was made while reports were off (`configure({ reports: "off" })`, or `NODE_ENV=production`) is not in it.
 */
export function leaks(): readonly Leak[] {
  const at = now();
  return Object.freeze(
    Array.from(alive, ({ kind, name, since, stack }) =>
      Object.freeze({ kind, name, aliveMs: at - since, stack: framesOf(stack) }),
    ),
  );
}

/** The frames alone, ours left out: a person looks for the line of theirs. */
function framesOf(source: StackSource): string | undefined {
  const text = typeof source === "string" ? source : source.stack;
  if (text === undefined) return undefined;
  const frames = text.split("\n").filter((line) => line.trimStart().startsWith("at "));
  const theirs = frames.filter((line) => !line.includes("node:") && !(OURS !== "" && line.includes(OURS)));
  return (theirs.length > 0 ? theirs : frames).map((line) => line.trim()).join("\n") || undefined;
}

/** Empty inside a bundle: there our files and theirs are one. */
const OURS = import.meta.url.endsWith("/metrics/leaks.js") ? new URL("..", import.meta.url).href : "";
const SHOWN = 50;

/**
 * For the end of a test: throws one AssertionError that lists all that is still alive. `error.actual` is the list.
 * Where reports are off it throws a HeddleError (`BAD_OPTION`): a check that cannot see must not pass.
 */
export function assertNoLeaks(): void {
  if (!reportsOn()) {
    throw new HeddleError(
      "BAD_OPTION",
      'assertNoLeaks() needs reports to be on, and they are off: call configure({ reports: "on" }) before the code under test, or run without NODE_ENV=production',
    );
  }
  const found = leaks();
  if (found.length === 0) return;
  throw new AssertionError({
    message: listOf(found),
    actual: found,
    expected: [],
    stackStartFn: assertNoLeaks,
  });
}

/** A name may say its kind itself (`task "load" of group "user"`). Whatever it holds, it stays on its line. */
function whatOf(kind: LeakKind, name: string): string {
  if (name.startsWith(`${kind} `))
    return name.replace(/\p{Cc}/gu, (char) => JSON.stringify(char).slice(1, -1));
  return `${kind} ${JSON.stringify(name)}`;
}

function listOf(found: readonly Leak[]): string {
  const count = found.length === 1 ? "1 leak" : `${found.length} leaks`;
  const lines = found.slice(0, SHOWN).map(({ kind, name, aliveMs, stack }) => {
    const where = stack === undefined ? "" : `\n      ${stack.replaceAll("\n", "\n      ")}`;
    return `  ${whatOf(kind, name)}, alive for ${Math.round(aliveMs)} ms, made${where || " at an unknown place"}`;
  });
  const rest = found.length > SHOWN ? [`  and ${found.length - SHOWN} more`] : [];
  return [
    `${count}: still alive, expected nothing. Await, cancel or close what is listed:`,
    ...lines,
    ...rest,
  ].join("\n");
}
