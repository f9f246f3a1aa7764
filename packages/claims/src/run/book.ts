import type { FoundClaim } from "../claim/find.js";
import type { ClaimResult } from "../result/schema.js";
import type { Attempt } from "./measure.js";
import type { Slot } from "./plan.js";
import type { ClaimsEvent } from "./run.js";
import { type MeasuredRun, settle } from "./settle.js";
import { calmer, isStolen, stolenShare, suffersTheft } from "./steal.js";

interface Page {
  readonly found: FoundClaim;
  /** In the order of measuring; a repeat takes the place of the run that it repeats. */
  readonly runs: Map<Slot, MeasuredRun>;
  readonly failures: string[];
  refused: { why: string; where: string } | null;
  tookS: number;
}

/** A claim is given up after so many runs that failed. */
const MOST_FAILURES = 2;

/** What is known of each claim so far; `close` turns it into results, in the order in which the claims were given. */
export class Book {
  readonly #pages: ReadonlyMap<string, Page>;
  readonly #onEvent: ((event: ClaimsEvent) => void) | undefined;

  constructor(claims: readonly FoundClaim[], onEvent: ((event: ClaimsEvent) => void) | undefined) {
    this.#onEvent = onEvent;
    this.#pages = new Map(
      claims.map((found) => {
        const refused = "untestable" in found.claim ? found.claim.untestable : null;
        return [found.claim.id, { found, runs: new Map(), failures: [], refused, tookS: 0 }];
      }),
    );
  }

  /** True when nothing more is to be measured for this claim. */
  isClosed(id: string): boolean {
    const page = this.#page(id);
    return page.refused !== null || page.failures.length >= MOST_FAILURES;
  }

  refuse(id: string, why: string, where: string): void {
    this.#page(id).refused = { why, where };
  }

  /** Of two runs of one slot the one that was disturbed less stays. */
  enter(slot: Slot, attempt: Attempt): void {
    const page = this.#page(slot.found.claim.id);
    if (attempt.state === "not-testable") page.refused = attempt;
    else if (attempt.state === "failed") {
      page.failures.push(attempt.why);
      page.tookS += attempt.tookS;
    } else {
      const before = page.runs.get(slot);
      page.runs.set(slot, before === undefined ? attempt.run : calmer(before, attempt.run));
      page.tookS += attempt.run.tookS;
    }
    this.#onEvent?.({ type: "measured", result: resultOf(page, "") });
  }

  /** Slots whose runs the hypervisor disturbed, the worst first: there may not be time for all of them. */
  stolen(): Slot[] {
    return [...this.#pages.values()]
      .flatMap((page) => [...page.runs].filter(([, run]) => isStolen(run)))
      .filter(([{ found }]) => suffersTheft(found.claim))
      .sort(([, a], [, b]) => stolenShare(b) - stolenShare(a))
      .map(([slot]) => slot);
  }

  /** `unmeasured` is said of claims without any run. */
  close(unmeasured: (id: string) => string): ClaimResult[] {
    return [...this.#pages.values()].map((page) => resultOf(page, unmeasured(page.found.claim.id)));
  }

  #page(id: string): Page {
    const page = this.#pages.get(id);
    if (page === undefined) throw new Error(`this is a bug in Heddle: no page for ${id}`);
    return page;
  }
}

function resultOf(page: Page, unmeasured: string): ClaimResult {
  const { claim } = page.found;
  const told = {
    id: claim.id,
    topic: claim.topic,
    claim: claim.claim,
    source: claim.source,
    practice: claim.practice,
    experiment: "untestable" in claim ? null : claim.experiment,
    rule: "untestable" in claim ? null : claim.rule,
    failures: page.failures,
    tookS: page.tookS,
  };
  const nothing = { on: null, numbers: {}, effect: null, runs: 0, perRun: [], picture: null };
  if (page.refused !== null) {
    const { why, where } = page.refused;
    return { ...told, ...nothing, verdict: "not-testable", why, where };
  }
  if (page.runs.size > 0 && !("untestable" in claim)) {
    try {
      return { ...told, ...settle(claim, [...page.runs.values()]), where: null };
    } catch (error) {
      const why = `this is a bug in the claim's rule: ${error instanceof Error ? error.message : String(error)}`;
      const failures = [...page.failures, why];
      return { ...told, ...nothing, failures, verdict: "undecided", why, where: null };
    }
  }
  const [failure] = page.failures;
  const why = failure === undefined ? unmeasured : `the experiment failed: ${failure}`;
  return { ...told, ...nothing, verdict: "undecided", why, where: null };
}
