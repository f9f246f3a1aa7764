import { random } from "@heddle/lab";
import type { Claim } from "../claim/claim.js";
import type { FoundClaim } from "../claim/find.js";

export interface ClaimsRequest {
  /** Null: all that this machine can decide. */
  readonly ids: readonly string[] | null;
  readonly quick: boolean;
  readonly seed: number;
  /** Runs of each claim; null: 3, or 1 under --quick. */
  readonly runs: number | null;
}

/** One measurement of one claim. */
export interface Slot {
  readonly found: FoundClaim & { readonly claim: Claim };
  readonly round: number;
  readonly seed: number;
}

/** All of it together must stay under this, so that the command keeps its word on any machine. */
export const BUDGET_S = { full: 290, quick: 58 } as const;
const RUNS = { full: 3, quick: 1 } as const;

/** How often each claim is measured. */
export function runsOf(request: ClaimsRequest): number {
  return request.runs ?? (request.quick ? RUNS.quick : RUNS.full);
}

/**
 * The rounds of measuring: in each, every claim once, in an order drawn from the seed. Interleaved like this, what
 * disturbs the machine for a minute disturbs one run of many claims, which shows, and not all runs of one.
 * Pure: the same request and claims give the same plan.
 */
export function planRounds(
  request: ClaimsRequest,
  claims: readonly (FoundClaim & { readonly claim: Claim })[],
): Slot[][] {
  const chance = random(request.seed);
  return Array.from({ length: runsOf(request) }, (_, round) =>
    chance
      .shuffle(claims)
      .map((found) => ({ found, round, seed: seedOf(request.seed, found.claim.id, round) })),
  );
}

/** Depends on the claim's id, not on its place: `run ID` alone repeats what the whole run did. FNV-1a, 32 bits. */
export function seedOf(seed: number, id: string, round: number): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${seed}/${id}/${round}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}
