import { DASHES, type ModelStyle } from "../shared/palette.js";
import { plain } from "../shared/text.js";
import { type Html, html } from "./html.js";

/** Looks up how a model is drawn. */
export type StyleOf = (model: string) => ModelStyle | undefined;

/** A model's name with the sample of its line, as in the charts. */
export function modelName(model: string, styleOf: StyleOf): Html {
  const style = styleOf(model);
  const short = plain(model, 80);
  const title = short.length > 20 && html` title="${plain(model, 500)}"`;
  return html`<span class="model"${title}>${style === undefined ? null : swatch(style)}<bdi>${short}</bdi></span>`;
}

/** A sample of the model's line. The style sheet has the dashes; there may be a thousand of these in a page. */
export function swatch(style: ModelStyle): Html {
  return html`<i class="m${style.index} d${style.shade % DASHES.length}"></i>`;
}

/** Where there are too many names for anything but the name. */
export function bareName(model: string): Html {
  return html`<bdi>${plain(model, 48)}</bdi>`;
}

/** Words of programs or of the lab, bounded and unable to disturb the sentence around them. */
export function words(text: string, longest = 2_000): Html {
  return html`<bdi>${plain(text, longest)}</bdi>`;
}
