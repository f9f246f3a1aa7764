import { duration } from "../shared/number.js";
import { plain } from "../shared/text.js";
import { type Html, html } from "./html.js";

/** What stands above every page: whose it is, when it was measured, and what one can do with it. */
export function topBar(verb: string, { createdAt, tookS }: { createdAt: string; tookS: number }): Html {
  const when = plain(createdAt, 40);
  return html`<header class="top"><p class="brand">Heddle <span>${verb}</span></p><p class="when"><time datetime="${when}">${when.replace("T", " ").slice(0, 16)}</time> · ${duration(tookS)}</p><div class="tools"><button type="button" data-theme-toggle aria-pressed="false">Dark</button><button type="button" class="download" data-download>Raw data</button></div></header>`;
}
