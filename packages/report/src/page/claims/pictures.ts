import type { ClaimsResult } from "@heddle/claims";
import type { Plot } from "../plots.js";
import { barsOption } from "./bars.js";
import { linesOption } from "./lines.js";

/** Of A4 on its side, in CSS pixels: the picture's column. */
const PAPER_WIDTH = 440;

export function picturePlots({ claims }: ClaimsResult): Plot[] {
  return [...document.querySelectorAll<HTMLElement>("[data-picture]")].flatMap((element) => {
    const picture = claims[Number(element.dataset["picture"])]?.picture ?? null;
    if (picture === null) return [];
    const draw: Plot["draw"] = (look) =>
      picture.kind === "bars" ? barsOption(picture, look) : linesOption(picture, look);
    return [{ element, draw, paper: PAPER_WIDTH, chart: null }];
  });
}
