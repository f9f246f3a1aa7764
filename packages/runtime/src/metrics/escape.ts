import type { Labels } from "./metric.js";

const MAX_LABEL_VALUE = 128;

/** Sorted by name, so that one set of labels is one text whatever order it was written in. */
export function labelText(labels: Labels = {}, reserved?: string): string {
  return Object.entries(labels)
    .sort(([a], [b]) => order(a, b))
    .map(([name, value]) => {
      if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name.startsWith("__") || name === reserved) {
        throw new Error(`${JSON.stringify(name)} is no label name`);
      }
      return `${name}="${escapeValue(String(value))}"`;
    })
    .join(",");
}

/**
 * Backslash, quote and newline are escaped, as the format asks. Lone surrogates (no valid UTF-8) and other control
 * characters (they steer terminals, and some parsers split at them) become U+FFFD; long values are cut.
 */
function escapeValue(value: string): string {
  return clean(cut(value)).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function cut(value: string): string {
  if (value.length <= MAX_LABEL_VALUE) return value;
  // Two long names that begin alike must stay two series: a short hash of the whole stands for what is cut.
  let hash = 0;
  for (let i = 0; i < value.length; i++) hash = (Math.imul(hash, 31) + value.charCodeAt(i)) >>> 0;
  return `${value.slice(0, MAX_LABEL_VALUE - 9)}~${hash.toString(16).padStart(8, "0")}`;
}

function clean(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cs}\u2028\u2029]/gu, "\uFFFD");
}

export function escapeHelp(help: string): string {
  return clean(String(help)).replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

export function oneLine(text: string): string {
  return clean(text).replaceAll("\n", " ").slice(0, 300);
}

export function number(value: number): string {
  if (typeof value !== "number") throw new Error(`a sample's value must be a number, got ${typeof value}`);
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
}

/** By code unit: `localeCompare` would order differently from machine to machine. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
