/** Label names and values of one sample. Values may be any text: they are escaped where they are written. */
export type Labels = { readonly [name: string]: string };

export interface ValueSample {
  readonly labels?: Labels;
  readonly value: number;
}

export interface SummarySample {
  readonly labels?: Labels;
  readonly count: number;
  readonly sum: number;
  /** Pairs of quantile (0 to 1) and value. */
  readonly quantiles: readonly (readonly [quantile: number, value: number])[];
}

export interface HistogramSample {
  readonly labels?: Labels;
  readonly count: number;
  readonly sum: number;
  /** Pairs of upper bound and how many values were at most that, bounds rising. "+Inf" is added. */
  readonly buckets: readonly (readonly [bound: number, count: number])[];
}

interface Family {
  /** Letters, digits, `_` and `:`, with the base unit at the end (`_seconds`, `_bytes`); `_total` is added to counters. */
  readonly name: string;
  readonly help: string;
}

/** One metric family: a name, what it means, and a sample per set of labels. */
export type Metric =
  | (Family & { readonly type: "counter" | "gauge"; readonly samples: readonly ValueSample[] })
  | (Family & { readonly type: "summary"; readonly samples: readonly SummarySample[] })
  | (Family & { readonly type: "histogram"; readonly samples: readonly HistogramSample[] });
