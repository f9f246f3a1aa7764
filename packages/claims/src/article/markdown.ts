/**
 * Foreign text as Markdown that shows it and does nothing else: no markup, no HTML, no entity, no link; one line, no
 * marks that turn the direction of what follows, and bounded in length. What needs no escape gets none, so that the
 * source of the article can be read too.
 */
export function text(foreign: string, longest = 2_000): string {
  return cut(foreign, longest)
    .replace(/[\\`*[\]|~$]/gu, "\\$&")
    .replace(/&(?=#?\w+;)/gu, "&amp;")
    .replace(/</gu, "&lt;")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/:(?=\/\/)/gu, "\\:")
    .replace(/\b(www)\./giu, "$1\\.")
    .replace(/(?<=[\w.+-])@(?=\w)/gu, "\\@")
    .replace(/^(?:[#>+=-]|(?<number>\d+)(?=[.)](?:\s|$)))/u, (sign, number?: string) =>
      number === undefined ? `\\${sign}` : `${number}\\`,
    );
}

/** Foreign text in a code span. Nothing can be escaped there, so what would end it, or a table, becomes its look-alike. */
export function code(foreign: string, longest = 200): string {
  const clean = cut(foreign, longest).replace(/`/gu, "'").replace(/\|/gu, "¦").replace(/</gu, "‹");
  return clean === "" ? "" : `\`${clean}\``;
}

/** Cells are Markdown already. `right` names the columns of figures. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(heads),
    line(heads.map((_, at) => (right.includes(at) ? "---:" : "---"))),
    ...rows.map(line),
  ].join("\n");
}

/**
 * Gives each heading the name that GitHub and most others give it: letters, digits, hyphens and underscores of what is
 * shown, and a number when the name was taken.
 */
export function anchors(): (shown: string) => string {
  const taken = new Map<string, number>();
  return (shown) => {
    const name = cut(shown, 2_000)
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
      .replace(/ /gu, "-");
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    return before === 0 ? name : `${name}-${before}`;
  };
}

export function cut(foreign: string, longest: number): string {
  const clean = foreign.replace(UNSEEN, " ").replace(/\s+/gu, " ").trim();
  const letters = clean.length > longest ? Array.from(clean.slice(0, longest * 2)) : null;
  return letters === null || letters.length <= longest ? clean : `${letters.slice(0, longest - 1).join("")}…`;
}

/** Control characters, lone surrogates, and the marks that embed, override or isolate a direction. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu;
