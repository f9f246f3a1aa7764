import type { Picture } from "@heddle/claims";
import { plain } from "../text.js";

type Axis = Extract<Picture, { kind: "bars" }>["value"];

/** `p99, ms (log scale)`: what an axis shows, in its own words. */
export function axisText({ name, unit, scale }: Axis): string {
  const parts = [plain(name, 60), unit === name ? "" : plain(unit, 24)].filter((part) => part !== "");
  return `${parts.join(", ")}${scale === "log" ? " (log scale)" : ""}`;
}

/** `claimed` and `corrected` behind a name that does not say so itself. */
export function withRole(name: string, role: "claimed" | "cure" | undefined): string {
  if (role === undefined) return name;
  const word = role === "claimed" ? "claimed" : "corrected";
  return name.toLowerCase().includes(word) ? name : `${name} (${word})`;
}
