import type { SourceKind } from "./families.js";
import type { Histogram } from "./histogram.js";

/** A primitive that tells its state as a plain object. */
export interface StatsSource {
  stats(): object;
}

/** Takes the source or collector out again. Twice does nothing. */
export interface Registration extends Disposable {
  unregister(): void;
}

/**
 * The metrics as the primitives see them. They import this file alone: a bundle in which nobody reads metrics has neither
 * the families nor the histogram in it, and what registers there is not kept.
 */
export interface Metering {
  register(kind: SourceKind, name: string, source: StatsSource | (() => object)): Registration;
  histogram(): Histogram;
}

let metering: Metering | undefined;

/** For the registry alone, when it is loaded. */
export function setMetering(next: Metering): void {
  metering = next;
}

/** See `register` in the registry. Undefined where nobody can read what is registered. */
export function register(
  kind: SourceKind,
  name: string,
  source: StatsSource | (() => object),
): Registration | undefined {
  return metering?.register(kind, name, source);
}

/** For the times that a primitive tells in its `stats()`, where there are metrics. */
export function histogram(): Histogram | undefined {
  return metering?.histogram();
}
