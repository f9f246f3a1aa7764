import type { Bench } from "../bench/bench.js";
import type { Picture } from "./picture.js";

/** What one run measured, by name. Arrays are sweeps: index i belongs to the i-th value of the variable. */
export type Numbers = Readonly<Record<string, number | string | null | readonly number[]>>;

/** The headline figure behind a verdict; its interval over the runs is computed, not claimed. */
export interface Effect {
  /** What it is, in words: "memory of one parked thread, user and kernel side". */
  readonly name: string;
  readonly value: number;
  /** "" for a plain ratio or count. */
  readonly unit: string;
}

/** What a rule makes of numbers. `why` is one or two sentences that name the numbers. */
export type Decision =
  | {
      readonly verdict: "confirmed" | "refuted" | "undecided";
      readonly why: string;
      readonly effect: Effect;
    }
  | {
      readonly verdict: "depends";
      /** The variable that it depends on: "what a connection is", "the Python version". */
      readonly on: string;
      readonly why: string;
      readonly effect: Effect;
    };

export const topics = [
  "memory",
  "switches",
  "python",
  "node",
  "go",
  "tail",
  "load",
  "failure",
  "words",
] as const;
/** The chapter of the article that a claim belongs to. */
export type Topic = (typeof topics)[number];

/**
 * One claim: its words, its experiment, and the rule that was written before the experiment ran.
 * It is the export `claim` of `claims/<id>/claim.ts`; everything else that it needs lies in the same folder.
 */
export interface Claim<N extends Numbers = Numbers> {
  /** The name of its folder. Published: it never changes. */
  readonly id: string;
  readonly topic: Topic;
  /** As its source words it; the verdict is about exactly this sentence. */
  readonly claim: string;
  /** The titles of the texts that say so. */
  readonly source: string;
  /** What is run and what is measured, in words. */
  readonly experiment: string;
  /** The deciding rule in words, as `decide` carries it out. */
  readonly rule: string;
  /** What to do in practice, whatever the verdict: the lesson. */
  readonly practice: string;
  /** Files of the folder that `measure` runs; without the runtime of one of them the claim is not testable here. */
  readonly programs: readonly string[];
  /** Programs that are left out when their runtime is missing. Ask `bench.has(file)`. */
  readonly optional?: readonly string[];
  /** What one run takes on a small machine. It is killed after five times as long (at least 10 s). */
  readonly seconds: { readonly full: number; readonly quick: number };
  /** False when only behaviour is observed, not time or CPU: it may then run beside others. Default true. */
  readonly alone?: boolean;
  /** One run. Throws NotTestable when this machine cannot decide. */
  measure(bench: Bench): Promise<N>;
  /** Pure. Called with each run's numbers and with the medians of all runs. */
  decide(numbers: N): Decision;
  /** Pure. Only where a picture tells more than the sentence. */
  picture?(numbers: N): Picture;
}

/** A claim that no experiment anywhere can decide: it is listed, with the reason. */
export interface UntestableClaim
  extends Omit<Claim, "measure" | "decide" | "programs" | "seconds" | "rule" | "experiment"> {
  readonly untestable: { readonly why: string; readonly where: string };
}

/** Checks the numbers against the rule's parameter; gives the claim as the engine takes it. */
export function defineClaim<N extends Numbers>(definition: Claim<N>): Claim {
  // A rule is only ever handed what its own `measure` gave, or the medians of that: the same names and kinds.
  return definition as unknown as Claim;
}

export function defineUntestable(definition: UntestableClaim): UntestableClaim {
  return definition;
}

/** Thrown by `measure`: this machine cannot decide, and `where` says what could. */
export class NotTestable extends Error {
  readonly where: string;
  constructor(why: string, where: string) {
    super(why);
    this.name = "NotTestable";
    this.where = where;
  }
}
