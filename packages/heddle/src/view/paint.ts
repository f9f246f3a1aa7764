import { stripVTControlCharacters } from "node:util";

/** Colours as functions, so that rendering stays pure: text in, text out. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

const wrap =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`;
const same = (text: string): string => text;

export const PLAIN: Paint = { bold: same, dim: same, good: same, bad: same, warn: same };
export const COLOURED: Paint = {
  bold: wrap(1, 22),
  dim: wrap(2, 22),
  good: wrap(32, 39),
  bad: wrap(31, 39),
  warn: wrap(33, 39),
};

/**
 * Colour only where a person looks: on a terminal that can, unless NO_COLOR is set.
 * Own check, because util.styleText learned to look at the stream after Node 20.19.
 */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  if (env["NO_COLOR"]) return PLAIN;
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return COLOURED;
  return stream.isTTY === true && env["TERM"] !== "dumb" ? COLOURED : PLAIN;
}

/**
 * Text from programs and files, made safe for a terminal: no escape sequence of theirs survives.
 * Node versions differ in what they strip after a sequence: some take a bell with it, so every bell goes, and the
 * one-character CSI is spelled out first.
 */
export function harmless(text: string): string {
  const stripped = stripVTControlCharacters(text.replaceAll("\u009b", "\u001b[")).replaceAll("\u0007", "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return stripped.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}
