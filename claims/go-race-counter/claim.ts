import { defineClaim, NotTestable } from "@heddle/claims";
import { decide, type RaceCounter } from "./rule.js";

const goroutines = 8;
const plain = 1_000_000;

export const claim = defineClaim<RaceCounter>({
  id: "go-race-counter",
  topic: "go",
  claim:
    "An unsynchronised counter that goroutines share loses updates; a mutex, an atomic or a channel cures it.",
  source:
    "Concurrency: Threads, the GIL, and the Event Loop; Asynchronous programming and concurrency overview",
  experiment:
    "Eight goroutines start together and add a million times each to one counter, at most 60 times until three repeats have lost updates. The same with a mutex, with an atomic, and with one goroutine that owns the counter and is sent the updates; what an update costs in each form.",
  rule: "Confirmed if a repeat of the unsynchronised counter lost updates and no repeat of a cure did. Refuted if a cure lost updates. Undecided if nothing was lost, because a race may stay away.",
  practice:
    "Share a plain number as an atomic. Take a mutex when several values change together, and a channel when the work itself moves to another goroutine. Run the tests with -race: it finds what a lucky run hides.",
  programs: ["count.go"],
  seconds: { full: 0.3, quick: 0.2 },
  async measure(bench) {
    if (bench.cores < 2) {
      throw new NotTestable(
        "on one core goroutines take turns, and an update in one instruction is not lost",
        "any machine with two cores",
      );
    }
    const cured = bench.quick ? 30_000 : 60_000;
    const { result } = await bench.must("count.go", { plain, cured, enough: 3, limit: 60, repeats: 3 });
    const all = (name: string) => ({
      losing: result.number(`${name}Losing`),
      ns: result.number(`${name}Ns`),
    });
    const [mutex, atomic, channel] = [all("mutex"), all("atomic"), all("channel")];
    return {
      goroutines,
      updates: goroutines * plain,
      plainRepeats: result.number("plainRepeats"),
      plainLosing: result.number("plainLosing"),
      plainLost: result.number("plainLost"),
      plainNs: result.number("plainNs"),
      mutexLosing: mutex.losing,
      mutexNs: mutex.ns,
      atomicLosing: atomic.losing,
      atomicNs: atomic.ns,
      channelLosing: channel.losing,
      channelNs: channel.ns,
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "Adding to a counter from eight goroutines",
    value: { name: "time per update", unit: "ns", scale: "log" },
    bars: [
      { name: "unsynchronised (wrong)", value: numbers.plainNs },
      { name: "atomic", value: numbers.atomicNs, role: "cure" },
      { name: "mutex", value: numbers.mutexNs, role: "cure" },
      { name: "channel", value: numbers.channelNs, role: "cure" },
    ],
  }),
});
