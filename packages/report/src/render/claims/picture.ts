import type { Picture } from "@heddle/claims";
import { axisText, withRole } from "../../shared/claims/axis.js";
import { MOST_BARS, MOST_LINES, MOST_POINTS, seriesStyles } from "../../shared/claims/series.js";
import { amount } from "../../shared/number.js";
import { plain } from "../../shared/text.js";
import { type Html, html } from "../html.js";
import { words } from "../name.js";
import { table } from "../table.js";

/** The place of a chart, with its key in the page: the script draws into it from the data. */
export function pictureOf(picture: Picture, at: number): Html {
  const title = plain(picture.title, 160);
  const axis = axisText(picture.kind === "bars" ? picture.value : picture.y);
  return html`<figure class="picture"><figcaption><h4>${title}</h4>${key(picture)}</figcaption><div class="plot" data-picture="${at}" role="img" aria-label="${title}: ${axis}. The table of numbers has the figures."></div></figure>`;
}

function key(picture: Picture): Html | null {
  if (picture.kind === "bars") {
    const roles = new Set(picture.bars.map((bar) => bar.role ?? "measured"));
    if (roles.size < 2) return null;
    return html`<ul class="key">${roles.has("claimed") && html`<li><i class="box claimed"></i>as claimed</li>`}${roles.has("measured") && html`<li><i class="box c0"></i>measured</li>`}${roles.has("cure") && html`<li><i class="box cure"></i>corrected</li>`}</ul>`;
  }
  const lines = picture.lines.slice(0, MOST_LINES);
  const styles = seriesStyles(lines);
  return html`<ul class="key">${lines.map((line, nth) => {
    const style = styles[nth];
    return html`<li><i class="${style?.colour ?? "c0"} ${style?.symbol ?? style?.dash ?? "circle"}"></i>${words(withRole(line.name, line.role), 80)}</li>`;
  })}</ul>`;
}

/** The figures of the picture, for those who cannot see it and those who want to check. */
export function pictureTable(picture: Picture): Html | null {
  const caption = plain(picture.title, 160);
  if (picture.kind === "bars") {
    const { bars, value } = picture;
    if (bars.length === 0) return null;
    return table(
      caption,
      [
        { head: "", cell: (bar) => words(withRole(bar.name, bar.role), 120) },
        { head: axisText({ ...value, scale: undefined }), numeric: true, cell: (bar) => amount(bar.value) },
      ],
      bars.slice(0, MOST_BARS),
    );
  }
  const lines = picture.lines.slice(0, MOST_LINES);
  const all = [...new Set(lines.flatMap((line) => line.points.map(([x]) => x)))].toSorted((a, b) => a - b);
  if (all.length === 0) return null;
  return table(
    `${caption}: ${axisText({ ...picture.y, scale: undefined })}`,
    [
      {
        head: axisText({ ...picture.x, scale: undefined }),
        cell: (x: number) => amount(x),
      },
      ...lines.map((line) => ({
        head: plain(withRole(line.name, line.role), 80),
        numeric: true,
        cell: (x: number) => amount(line.points.find(([at]) => at === x)?.[1]),
      })),
    ],
    all.slice(0, MOST_POINTS),
  );
}
