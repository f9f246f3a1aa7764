/** Colours and sizes of the moment, read from the style sheet so that charts and page never disagree. */
export interface Look {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly ground: string;
  readonly font: string;
  readonly width: number;
  readonly model: (index: number) => string;
  /** The colour that the style sheet calls `--name`. */
  readonly colour: (name: string) => string;
}

export function lookOf(element: HTMLElement): Look {
  const root = getComputedStyle(document.documentElement);
  const variable = (name: string) => root.getPropertyValue(name).trim();
  return {
    ink: variable("--ink"),
    soft: variable("--soft"),
    line: variable("--line"),
    ground: variable("--ground"),
    font: getComputedStyle(document.body).fontFamily,
    width: element.clientWidth,
    model: (index) => variable(`--m${index}`),
    colour: (name) => variable(`--${name}`),
  };
}

/** What every tooltip of ours has; the elements inside are styled by the style sheet. */
export function tooltipBase(look: Look) {
  return {
    confine: true,
    backgroundColor: look.ground,
    borderColor: look.line,
    borderWidth: 1,
    padding: 10,
    transitionDuration: 0,
    textStyle: { color: look.ink, fontFamily: look.font, fontSize: 12 },
  } as const;
}

export function axisText(look: Look) {
  return { color: look.soft, fontFamily: look.font, fontSize: 11 } as const;
}
