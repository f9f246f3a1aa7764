import { sentence } from "@heddle/claims/words";
import { plain } from "../../shared/text.js";
import { type Html, html } from "../html.js";

/** Foreign text as a sentence of the page. */
export function prose(text: string, longest = 1_500): Html {
  return quoted(sentence(text), longest);
}

/** Foreign text word for word, but no figure is parted from its unit at the end of a line. */
export function quoted(text: string, longest: number): Html {
  return html`<bdi>${plain(text, longest).replace(UNIT, "$1\u00a0")}</bdi>`;
}

const UNIT = /(\d) (?=(?:%|[num\u00b5\u03bc]?s|[KMGT]i?B|kB)(?![\p{L}\p{N}]))/gu;
