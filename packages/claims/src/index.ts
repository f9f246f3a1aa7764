export { claimsArticle } from "./article/article.js";
export type { Args, Bench, RunOptions, Started } from "./bench/bench.js";
export type { LoadAnswer, LoadOptions } from "./bench/load.js";
export type { Outcome, Result } from "./bench/outcome.js";
export { heldMb, kernelHeldMb, slope, typicalStep } from "./bench/weigh.js";
export {
  type Claim,
  type Decision,
  defineClaim,
  defineUntestable,
  type Effect,
  NotTestable,
  type Numbers,
  type Topic,
  topics,
  type UntestableClaim,
} from "./claim/claim.js";
export { type FoundClaim, findClaims, selectClaims } from "./claim/find.js";
export type { BarPicture, LinePicture, Picture } from "./claim/picture.js";
export { confirmed, depends, effect, refuted, undecided } from "./claim/say.js";
export { checkClaims, readClaims } from "./result/read.js";
export {
  CLAIMS_SCHEMA,
  type ClaimResult,
  type ClaimsResult,
  claimsResult,
  type Verdict,
} from "./result/schema.js";
export { BUDGET_S, type ClaimsRequest } from "./run/plan.js";
export { type ClaimsEvent, type ClaimsHooks, runClaims } from "./run/run.js";
