import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

/** Of its siblings' remaining steps: at most so much is made after the failure where they are cancelled... */
const CANCELLED = 0.1;
/** ...and at least so much where nobody tells them. In between, a construct counts for neither side. */
const RUN_ON = 0.5;

export type StructuredVsLoose = {
  /** Constructs, separated by `|`: the index of the arrays. */
  readonly names: string;
  /** Siblings that still ran when the caller had the error. */
  readonly left: readonly number[];
  readonly siblings: number;
  /** Steps of the siblings after the caller had the error, as a share of all the steps that were planned. */
  readonly share: readonly number[];
  /** 1 where a sibling failed later and nobody was told: neither the caller nor the runtime's own last resort. */
  readonly lost: readonly number[];
};

/** Pure: each construct cancels or lets run on; the sentence names none, so it must hold for all of them. */
export function decide({ names, left, siblings, share, lost }: StructuredVsLoose): Decision {
  const constructs = names.split("|").map((name, at) => ({
    name,
    left: left[at] ?? Number.NaN,
    share: share[at] ?? Number.NaN,
    lost: (lost[at] ?? 0) > 0 ? ", and a second failure is lost" : "",
  }));
  const cancelling = constructs.filter((each) => each.left === 0 && each.share <= CANCELLED);
  const loose = constructs.filter((each) => each.left === siblings && each.share >= RUN_ON);
  const most = Math.max(0, ...loose.map((each) => each.share * 100));
  const measured = effect("work of the siblings that a loose construct does after the failure", most, "%");
  const told = constructs.map(
    (each) =>
      `${each.name}: ${each.left} of ${siblings} still run and do ${(each.share * 100).toFixed(0)} % of all work${each.lost}`,
  );
  const why = `after one task failed and the caller had the error (${told.join("; ")})`;
  if (cancelling.length === constructs.length) return confirmed(why, measured);
  if (cancelling.length === 0) return refuted(why, measured);
  return depends("the construct", why, measured);
}
