/**
 * Text that came from measured programs, made fit to be shown: no control characters, none of the marks
 * that turn the reading direction of what follows, and bounded in length. Escaping is a matter of the place
 * it is shown in, and not done here.
 */
export function plain(text: string, longest = 200): string {
  const clean = text.replace(UNSEEN, " ").replace(/\s+/gu, " ").trim();
  if (clean.length <= longest) return clean;
  // Cut by code points: half a surrogate pair is no character.
  return `${Array.from(clean.slice(0, longest * 2))
    .slice(0, longest - 1)
    .join("")}…`;
}

/** As `plain`, fenced so that right-to-left names don't reorder their neighbours where HTML's `<bdi>` cannot be used. */
export function isolated(text: string, longest?: number): string {
  return `\u2068${plain(text, longest)}\u2069`;
}

/** Control characters and the Unicode marks that embed, override or isolate a direction. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu;
