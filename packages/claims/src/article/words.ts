import type { Topic } from "../claim/claim.js";
import type { ClaimResult, Verdict } from "../result/schema.js";

/** What the page and the article say alike. Pure data and text: whoever draws a saved result needs no engine. */
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

/** The result in one line: "17 of 36 claims about concurrency do not hold on this machine". */
export function headline(claims: readonly Pick<ClaimResult, "verdict">[]): string {
  const [first, ...others] = claims;
  if (first === undefined) return "No claim was tested";
  if (others.length === 0) return `One claim about concurrency: ${wordsOf(first.verdict).word.toLowerCase()}`;
  const refuted = claims.filter(({ verdict }) => verdict === "refuted").length;
  if (refuted === 0) return `None of ${claims.length} claims about concurrency is refuted on this machine`;
  return `${refuted} of ${claims.length} claims about concurrency ${refuted === 1 ? "does" : "do"} not hold on this machine`;
}

export interface Chapter {
  readonly topic: Topic;
  /** For a list of contents. */
  readonly name: string;
  readonly title: string;
  readonly intro: string;
}

export const chapters: readonly Chapter[] = [
  {
    topic: "memory",
    name: "Memory",
    title: "What a thread, a task and a connection weigh",
    intro:
      "Most advice against threads is about their memory. Address space that is reserved, pages that are touched and what the kernel holds are three different figures, and they are often quoted for one another.",
  },
  {
    topic: "switches",
    name: "Switching",
    title: "What it costs to change from one task to another",
    intro:
      "Handing the processor on takes time, with a thread, a goroutine or a callback. The question is how much, how often it happens, and whether anybody notices.",
  },
  {
    topic: "python",
    name: "Python",
    title: "The GIL, threads, asyncio and processes",
    intro:
      "In most builds of Python one thread at a time runs bytecode. What follows from that has changed from version to version, and much of what is written was true of an old one.",
  },
  {
    topic: "node",
    name: "Node",
    title: "One loop, and the threads beside it",
    intro:
      "A single thread runs every callback, and a few more wait in the background. The order in which things run, and what one slow callback does to all others, can be seen from outside.",
  },
  {
    topic: "go",
    name: "Go",
    title: "Goroutines and their scheduler",
    intro:
      "Goroutines are many, small, and moved between threads by a scheduler that the program never sees. Its versions differ, and so do the claims.",
  },
  {
    topic: "tail",
    name: "Tail latency",
    title: "The slowest in a hundred",
    intro:
      "The median tells how a system usually answers, the 99th percentile how it treats those who come at a bad moment. Where that moment comes from is what these claims are about.",
  },
  {
    topic: "load",
    name: "Load",
    title: "Many requests at once",
    intro:
      "Under load, queues decide. How long they get follows from laws that hold for every model of concurrency, which makes some published figures impossible before anything is measured.",
  },
  {
    topic: "failure",
    name: "Failure",
    title: "When something goes wrong",
    intro:
      "Concurrent programs fail in ways of their own: they hang, they lose updates, they leave tasks behind. These programs were written to fail as described, and were watched.",
  },
  {
    topic: "words",
    name: "Words",
    title: "What is said about concurrency",
    intro:
      "Definitions, quotations and reports from elsewhere. Some can be checked by a program, some against a text, and some by nobody.",
  },
];

/** The chapters that have claims, each with its own, in the order in which the result lists them. */
export function chaptersOf<C extends Pick<ClaimResult, "topic">>(
  claims: readonly C[],
): { chapter: Chapter; claims: readonly C[] }[] {
  return chapters
    .map((chapter) => ({ chapter, claims: claims.filter(({ topic }) => topic === chapter.topic) }))
    .filter((each) => each.claims.length > 0);
}

/** `28 KB`, `31×`, `5`: the figure with its unit. */
export function withUnit(figure: string, unit: string): string {
  if (unit === "x" || unit === "×") return `${figure}×`;
  return unit === "" || unit.startsWith("/") ? `${figure}${unit}` : `${figure} ${unit}`;
}

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
