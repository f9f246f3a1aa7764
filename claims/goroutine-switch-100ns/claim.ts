import { defineClaim } from "@heddle/claims";
import { CLAIMED_FROM_NS, CLAIMED_TO_NS, decide, type GoroutineSwitch } from "./rule.js";

export const claim = defineClaim<GoroutineSwitch>({
  id: "goroutine-switch-100ns",
  topic: "switches",
  claim: "A switch between goroutines costs 100 to 200 ns.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "In Go, two goroutines hand a turn to and fro over unbuffered channels, at GOMAXPROCS 1 and 2, and by runtime.Gosched; the best of 80 repetitions of a millisecond counts, for GOMAXPROCS 2 the slowest of the quicker quarter. For comparison the same channels between goroutines that are locked to OS threads, so that the kernel has to switch.",
  rule: "Half a decade is allowed on either side of 100 to 200 ns (32 to 632 ns). Confirmed if channel at 1, channel at 2 and Gosched all lie in it, refuted if none does, otherwise it depends on the way. Undecided if Gosched changes the goroutine in under 80 % of its calls.",
  practice:
    "Handing work to another goroutine is cheap, but not free: per item that takes under a microsecond, send batches. Do not lock goroutines to OS threads unless a C library asks for it.",
  programs: ["switch.go"],
  seconds: { full: 0.5, quick: 0.3 },
  async measure(bench) {
    const { result } = await bench.must("switch.go", { repeats: bench.quick ? 40 : 80 });
    return {
      channel1Ns: result.number("channel1"),
      channel2Ns: result.number("channel2"),
      goschedNs: result.number("gosched"),
      goschedTurns: result.number("turns"),
      lockedNs: result.number("locked"),
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: "A switch between two goroutines",
    value: { name: "time", unit: "ns", scale: "log" },
    bars: [
      { name: "claimed, least", value: CLAIMED_FROM_NS, role: "claimed" },
      { name: "claimed, most", value: CLAIMED_TO_NS, role: "claimed" },
      { name: "Gosched", value: numbers.goschedNs },
      { name: "channel, GOMAXPROCS 1", value: numbers.channel1Ns },
      { name: "channel, GOMAXPROCS 2", value: numbers.channel2Ns },
      { name: "locked to OS threads", value: numbers.lockedNs },
    ],
  }),
});
