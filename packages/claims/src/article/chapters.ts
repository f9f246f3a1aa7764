import type { Topic } from "../claim/claim.js";
import type { ClaimResult } from "../result/schema.js";

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
