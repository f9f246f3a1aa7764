import type { Picture } from "@heddle/claims";
import { axisWords, roleWords } from "@heddle/claims/words";
import { plain } from "../text.js";

type Axis = Extract<Picture, { kind: "bars" }>["value"];

/** `p99, ms (log scale)`: what an axis shows, in its own words. */
export function axisText(axis: Axis): string {
  return `${axisWords(axis, plain)}${axis.scale === "log" ? " (log scale)" : ""}`;
}

/** `claimed` and `corrected` behind a name that does not say so itself. */
export function withRole(name: string, role: "claimed" | "cure" | undefined): string {
  return `${name}${roleWords(name, role)}`;
}
