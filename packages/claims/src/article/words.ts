import type { ClaimResult, ClaimsResult, Verdict } from "../result/schema.js";

export { type Chapter, chapters, chaptersOf } from "./chapters.js";
export { axisWords, type EffectWords, effectWords, type Hand, roleWords, withUnit } from "./figure.js";

/** What article, page and terminal say alike. Pure data and text: whoever draws a saved result needs no engine. */
export interface VerdictWords {
  readonly verdict: Verdict;
  readonly word: string;
  /** A sign that tells verdicts apart without colour. */
  readonly sign: string;
  readonly about: string;
}

/** In the order in which they are counted and listed. */
export const verdictWords: readonly VerdictWords[] = [
  {
    verdict: "refuted",
    word: "Refuted",
    sign: "✗",
    about: "measured, and it is not as the sentence says",
  },
  { verdict: "confirmed", word: "Confirmed", sign: "✓", about: "measured, and it is as the sentence says" },
  {
    verdict: "depends",
    word: "Depends",
    sign: "◐",
    about: "true under one value of a variable that the sentence does not name, false under another",
  },
  {
    verdict: "undecided",
    word: "Undecided",
    sign: "?",
    about: "the runs do not agree, the numbers lie between the lines, or there are none",
  },
  {
    verdict: "not-testable",
    word: "Not testable",
    sign: "–",
    about: "this machine, or any experiment, cannot decide it; the reason is given",
  },
];

export function wordsOf(verdict: Verdict): VerdictWords {
  const found = verdictWords.find((each) => each.verdict === verdict);
  if (found === undefined) throw new Error(`this is a bug in Heddle: no words for ${verdict}`);
  return found;
}

export interface Count extends VerdictWords {
  readonly count: number;
}

/** Every verdict with its count, zeros included. */
export function tally(claims: readonly Pick<ClaimResult, "verdict">[]): Count[] {
  return verdictWords.map((words) => ({
    ...words,
    count: claims.filter(({ verdict }) => verdict === words.verdict).length,
  }));
}

/** `8 refuted, 3 confirmed`: the verdicts that there are. */
export function tallyText(claims: readonly Pick<ClaimResult, "verdict">[]): string {
  const counts = tally(claims).filter(({ count }) => count > 0);
  return counts.map(({ count, word }) => `${count} ${word.toLowerCase()}`).join(", ");
}

/** The result in one line: "17 of 36 claims about concurrency do not hold on this machine". */
export function headline(claims: readonly Pick<ClaimResult, "verdict">[]): string {
  const [first, ...others] = claims;
  if (first === undefined) return "No claim was tested";
  if (others.length === 0) return `One claim about concurrency: ${wordsOf(first.verdict).word.toLowerCase()}`;
  const refuted = claims.filter(({ verdict }) => verdict === "refuted").length;
  if (refuted === 0) return `None of ${claims.length} claims about concurrency is refuted on this machine`;
  return `${refuted} of ${claims.length} claims about concurrency ${refuted === 1 ? "does" : "do"} not hold on this machine`;
}

/** What a reader must know before believing the verdicts; `why` may be foreign. */
export function cares({
  partial,
  preset,
}: Pick<ClaimsResult, "partial" | "preset">): { head: string; why: string }[] {
  const quick = "small sizes and one run each; for verdicts to rely on, run it without --quick";
  return [
    ...(partial === null ? [] : [{ head: "This result is not whole", why: partial }]),
    ...(preset === "quick" ? [{ head: "A quick look", why: quick }] : []),
  ];
}

const MOST_FAILURES = 5;

/** Runs without numbers that the reason of the verdict does not tell of: the first of them, and how many more. */
export function untoldFailures({ failures, why }: Pick<ClaimResult, "failures" | "why">): {
  first: readonly string[];
  more: number;
} {
  const untold = failures.filter((failure) => !why.includes(failure));
  return { first: untold.slice(0, MOST_FAILURES), more: Math.max(0, untold.length - MOST_FAILURES) };
}

/** `1 core`, `2 cores`. */
export const coresText = (cores: number): string => (cores === 1 ? "1 core" : `${cores} cores`);

const RUNTIMES = new Map([
  ["c", "C compiler"],
  ["go", "Go"],
  ["java", "Java"],
  ["node", "Node"],
  ["python", "Python"],
  ["rust", "Rust"],
]);

/** `Python 3.13.1` for python; a version that names its runtime itself stays as it is. */
export function runtimeText(language: string, version: string): string {
  if (version.toLowerCase().startsWith(language.toLowerCase()) || /^[a-z]+ \d/iu.test(version))
    return version;
  return `${RUNTIMES.get(language) ?? language} ${version}`;
}

/** Names that are written small, also where a sentence begins. */
const SMALL =
  /^(asyncio|uvloop|epoll|gevent|libuv|tokio|tracemalloc|hashlib|threading|multiprocessing|node|python|goroutine|bcrypt|scrypt|gunicorn|uvicorn|express|select|await|async|yield|http|accept|listen|malloc|futex|nginx)$/u;

/** Reasons come as clauses ("a parked thread takes 28 KB"); alone they stand as a sentence. */
export function sentence(text: string): string {
  const clean = text.trim();
  if (clean === "") return "";
  const [first = ""] = /^[^\s,;:]+/u.exec(clean) ?? [];
  const plain = /^[a-z]+$/u.test(first) && !SMALL.test(first);
  const begun = plain ? `${first.charAt(0).toUpperCase()}${clean.slice(1)}` : clean;
  return /[.!?…”"')\]]$/u.test(begun) && !/[\w%][”"')\]]$/u.test(begun) ? begun : `${begun}.`;
}
