import { defineClaim } from "@heddle/claims";
import { decide, type GoroutineLeak } from "./rule.js";

const BATCHES = 4;

export const claim = defineClaim<GoroutineLeak>({
  id: "goroutine-leak",
  topic: "go",
  claim: "A goroutine blocked on a channel that nobody reads leaks for ever.",
  source:
    "Concurrency: Threads, the GIL, and the Event Loop; Asynchronous programming and concurrency overview; Your async code isn't concurrent",
  experiment:
    "Requests in Go that start a goroutine for their answer and give up before it comes. The goroutines left after each batch when the channel has no room, when it has room for one answer, and when the sender is told by a context; their memory, whether garbage collections take them away, and what the goroutine profile says.",
  rule: "Confirmed if at least 99 % of the abandoned goroutines are left after every batch and after two garbage collections, and at most 10 % with either cure; refuted if collections leave at most 10 %.",
  practice:
    "Give a channel room for the one answer that may come late, or let the sender select on ctx.Done(). Watch runtime.NumGoroutine: a number that only grows is a leak, and the goroutine profile names the line.",
  programs: ["requests.go"],
  seconds: { full: 0.4, quick: 0.2 },
  alone: false,
  async measure(bench) {
    const batch = bench.quick ? 500 : 2_500;
    // So long after each batch the abandoned goroutines are counted.
    const waitMs = bench.quick ? 25 : 50;
    const { result } = await bench.must("requests.go", { batch, batches: BATCHES, waitMs });
    return {
      requests: Array.from({ length: BATCHES }, (_, at) => (at + 1) * batch),
      unread: result.numbers("unread"),
      buffered: result.numbers("buffered"),
      cancelled: result.numbers("cancelled"),
      afterGc: result.number("afterGC"),
      bytes: result.number("bytes"),
      profiled: result.number("profiled"),
      place: result.text("place"),
    };
  },
  decide,
  picture: ({ requests, unread, buffered, cancelled }) => ({
    kind: "lines",
    title: "Goroutines left behind by requests that gave up",
    x: { name: "requests", unit: "" },
    y: { name: "goroutines", unit: "" },
    lines: [
      { name: "nobody reads", points: requests.map((count, at) => [count, unread[at] ?? 0] as const) },
      {
        name: "room for one",
        role: "cure",
        points: requests.map((count, at) => [count, buffered[at] ?? 0] as const),
      },
      {
        name: "context cancelled",
        role: "cure",
        points: requests.map((count, at) => [count, cancelled[at] ?? 0] as const),
      },
    ],
  }),
});
