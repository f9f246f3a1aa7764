import { sentence } from "@heddle/claims/words";
import { plain } from "../../shared/text.js";
import { type Html, html } from "../html.js";

/** Foreign text as a sentence of the page, whose figures are not parted from their units at the end of a line. */
export function prose(text: string, longest = 1_500): Html {
  return html`<bdi>${plain(sentence(text), longest).replace(UNIT, "$1\u00a0")}</bdi>`;
}

const UNIT = /(\d) (?=(?:%|[num\u00b5\u03bc]?s|[KMGT]i?B|kB)(?![\p{L}\p{N}]))/gu;
