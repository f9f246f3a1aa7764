import { confirmed, type Decision, depends, effect, refuted, undecided } from "@heddle/claims";

export const CLAIMED_THREADS = 4;
/** What is measured besides I/O: work that Node gives to the same pool. */
export const NOT_IO = ["crypto.pbkdf2", "zlib.deflate"];

export type LibuvPool = {
  /** Operations, separated by `|`: the index of the arrays. */
  readonly names: string;
  /** How long the pool's threads were held. */
  readonly holdMs: number;
  /** Milliseconds that each took while one thread less than claimed was held. */
  readonly besideThree: readonly number[];
  /** The same behind as many held threads as the claim names. */
  readonly behindFour: readonly number[];
  /** The same with UV_THREADPOOL_SIZE=8. */
  readonly cure: readonly number[];
};

/** Pure: an operation waits if it takes at least as long as the threads are held; the others take a few ms. */
export function decide({ names, holdMs, besideThree, behindFour, cure }: LibuvPool): Decision {
  const all = names.split("|").map((name, at) => ({
    name,
    three: besideThree[at] ?? Number.NaN,
    four: behindFour[at] ?? Number.NaN,
    cured: cure[at] ?? Number.NaN,
  }));
  const io = all.filter(({ name }) => !NOT_IO.includes(name));
  const waits = (ms: number): boolean => ms >= holdMs * 0.9;
  const list = (operations: readonly { readonly name: string }[]): string =>
    operations.map(({ name }) => name).join(", ") || "none";
  const waiting = all.filter(({ four }) => waits(four));
  const inPool = io.filter(({ four }) => waits(four)).length;
  const measured = effect(`of ${io.length} kinds of I/O, those that wait for a thread of the pool`, inPool);
  const why = `behind ${CLAIMED_THREADS} operations that hold the pool for ${holdMs} ms these wait: ${list(waiting)}; these do not: ${list(all.filter(({ four }) => !waits(four)))}. With one thread less held ${all.filter(({ three }) => waits(three)).length} of ${all.length} wait, with UV_THREADPOOL_SIZE=8 ${all.filter(({ cured }) => waits(cured)).length}`;
  if (inPool === 0) return refuted(why, measured);
  if (all.some(({ three }) => waits(three))) {
    return undecided(`the pool was not free before its fourth thread was held: ${why}`, measured);
  }
  if (inPool === io.length) return confirmed(why, measured);
  return depends("the kind of I/O", why, measured);
}
