/** What to draw beside a claim; plain data, so that a saved result can be drawn again without the claim's code. */
export type Picture = BarPicture | LinePicture;

interface Axis {
  readonly name: string;
  readonly unit: string;
  readonly scale?: "linear" | "log" | undefined;
}

export interface BarPicture {
  readonly kind: "bars";
  readonly title: string;
  readonly value: Axis;
  readonly bars: readonly {
    readonly name: string;
    readonly value: number;
    /** `claimed`: what the source says; `cure`: the corrected form; otherwise measured. */
    readonly role?: "claimed" | "cure" | undefined;
  }[];
}

export interface LinePicture {
  readonly kind: "lines";
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly {
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number])[];
    readonly role?: "claimed" | "cure" | undefined;
  }[];
  /** A line across the plot, such as the 20 % of a claim. */
  readonly mark?: { readonly x: number; readonly name: string } | undefined;
}
