/** Markup that is safe to put into a page as it is. Made by `html` alone; there is no other way in. */
export class Html {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
}

/** Strings and numbers are escaped; markup and lists of it pass; null and false print nothing. */
export type Child = Html | string | number | null | false | readonly Child[];

/**
 * Markup from a template whose values are escaped, in text and in quoted attributes.
 * Values belong between tags or in `"..."`; in tag or attribute names, unquoted attributes, scripts or styles
 * no escaping would help, so never put one there.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Html {
  return new Html(
    strings.reduce((markup, part, at) => markup + part + (at < values.length ? shown(values[at]) : ""), ""),
  );
}

export function escaped(text: string): string {
  return text.replace(/[&<>"'`]/gu, (character) => ENTITIES[character] ?? "");
}

function shown(value: Child | undefined): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.toString();
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  return value.map(shown).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};
