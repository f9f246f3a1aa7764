import type { LazyStack } from "../group/config.js";

/** Our own files, to be left out of stacks; empty inside a bundle, where they are one with the user's. */
const OURS = import.meta.url.endsWith("/lock/text.js") ? new URL("..", import.meta.url).href : "";

/** The frames alone, a person's own lines only, one per line; `undefined` if none is known. */
export function framesOf(source: LazyStack | string | undefined): string | undefined {
  const text = typeof source === "string" ? source : source?.stack;
  const frames = text?.split("\n").filter((line) => line.trimStart().startsWith("at "));
  if (frames === undefined || frames.length === 0) return undefined;
  const theirs = frames.filter((line) => !line.includes("node:") && !(OURS !== "" && line.includes(OURS)));
  return theirs.length === 0 ? undefined : theirs.map((line) => line.trim()).join("\n");
}

/** A stack as part of a message. */
export function told(what: string, stack: string | undefined): string {
  return stack === undefined ? "" : `\n  ${what}:\n    ${stack.replaceAll("\n", "\n    ")}`;
}
