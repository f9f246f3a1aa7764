import { confirmed, type Decision, effect, refuted } from "@heddle/claims";

/** The beginning of the quotation, which is all that must be found. */
export const QUOTE = "Async tasks should be I/O-bound";
/** A heading that every tokio since 1.0 has; a search that does not find it does not work. */
export const CONTROL = "CPU-bound tasks and blocking code";

export type RustDocsQuote = {
  readonly versions: string;
  readonly files: number;
  readonly quoted: number;
  readonly cpuBound: number;
  readonly ioBound: number;
  readonly spawnBlocking: number;
  /** Source files that speak of CPU-bound work. */
  readonly cpuBoundIn: string;
};

/** Pure: a quotation stands in the text or does not. */
export function decide(numbers: RustDocsQuote): Decision {
  const { versions, files, quoted, cpuBound, ioBound, spawnBlocking, cpuBoundIn } = numbers;
  const measured = effect("times that tokio's sources and documentation hold the sentence", quoted);
  if (quoted > 0) return confirmed(`tokio ${versions} has the sentence ${quoted} times`, measured);
  return refuted(
    `none of the ${files} files of tokio ${versions} has the sentence. They speak of CPU-bound work ${cpuBound} times (in the code's comments: ${cpuBoundIn}), of IO-bound work ${ioBound} times and of spawn_blocking ${spawnBlocking} times: a section of its own says where blocking and computing belong`,
    measured,
  );
}
