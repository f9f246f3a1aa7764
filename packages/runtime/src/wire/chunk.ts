import type { PackedError } from "./error.js";

/** The end of a chunk of `map`: the results up to the first item that failed, and that failure. */
export interface ChunkResult {
  readonly values: readonly unknown[];
  /** How long the items took, in milliseconds. */
  readonly ms: number;
  readonly failed?: PackedError;
  /** Why the next result cannot be cloned. */
  readonly uncloneable?: string;
}
