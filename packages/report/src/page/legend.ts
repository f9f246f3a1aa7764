import type { ModelStyle } from "../shared/palette.js";

/** The models to show, by index; null: all. */
export type Shown = ReadonlySet<number> | null;

/**
 * The chips above a chart. The first click on a model isolates it, further ones add to it or take away;
 * a language's chip shows that language alone; when nothing is left, or by "All", everything is back.
 */
export function legendOf(
  plot: HTMLElement,
  styles: readonly ModelStyle[],
  onChange: () => void,
): { shown: () => Shown } {
  const legend = plot.closest("figure")?.querySelector<HTMLElement>(".legend");
  let chosen: Set<number> | null = null;
  const chips = [...(legend?.querySelectorAll<HTMLButtonElement>("button") ?? [])];

  const update = (next: Set<number> | null) => {
    chosen = next === null || next.size === 0 ? null : next;
    legend?.classList.toggle("some", chosen !== null);
    for (const chip of chips) chip.setAttribute("aria-pressed", String(pressed(chip)));
    onChange();
  };
  const ofLanguage = (language: string | undefined) =>
    chips
      .map((chip) => Number(chip.dataset["model"]))
      .filter((index) => styles[index]?.language === language);
  const pressed = (chip: HTMLButtonElement): boolean => {
    if (chip.dataset["all"] !== undefined) return chosen === null;
    if (chip.dataset["model"] !== undefined) return chosen?.has(Number(chip.dataset["model"])) === true;
    const own = ofLanguage(chip.dataset["language"]);
    return chosen !== null && chosen.size === own.length && own.every((index) => chosen?.has(index));
  };

  for (const chip of chips) {
    chip.addEventListener("click", () => {
      if (chip.dataset["all"] !== undefined) return update(null);
      if (chip.dataset["model"] === undefined) {
        return update(pressed(chip) ? null : new Set(ofLanguage(chip.dataset["language"])));
      }
      const next = new Set(chosen ?? []);
      const index = Number(chip.dataset["model"]);
      if (!next.delete(index)) next.add(index);
      update(next);
    });
  }
  return { shown: () => chosen };
}
