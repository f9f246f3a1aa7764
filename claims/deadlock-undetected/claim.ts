import { type Bench, defineClaim } from "@heddle/claims";
import { ProgramFailure } from "@heddle/lab";
import { type DeadlockUndetected, decide } from "./rule.js";

type Outcome = Awaited<ReturnType<Bench["run"]>>;

export const claim = defineClaim<DeadlockUndetected>({
  id: "deadlock-undetected",
  topic: "go",
  claim: "Go's runtime detects deadlocks.",
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "Two goroutines that hold one mutex each ask for the other's, and main waits for them: in a program in which nothing else is alive, and beside a ticker, a signal handler and an HTTP server. Then with nothing alive but net/http linked in, and the same circle in Node with @heddle/runtime beside a server and a timer.",
  rule: "Confirmed if Go ends the program with its deadlock error in all four situations, refuted if in none, otherwise it depends on what else is alive.",
  practice:
    "Do not count on the runtime: it only sees that every goroutine of the whole program sleeps, and a service always has one that does not (with cgo, which net brings where a C compiler is at hand, not even that). Watch the goroutine profile for goroutines that wait for minutes, give waits a context, and take locks in one order.",
  programs: ["asleep.go", "asleep-net.go", "circle.mjs"],
  seconds: { full: 0.9, quick: 0.7 },
  alone: false,
  async measure(bench) {
    const go = (file: string, beside: string): Promise<Outcome> =>
      bench.run(file, { beside }, { withinMs: bench.quick ? 600 : 800 });
    const [nothing, ticker, signalHandler, server, netOnly, circle] = await Promise.all([
      go("asleep.go", "nothing"),
      go("asleep.go", "ticker"),
      go("asleep.go", "signal"),
      go("asleep-net.go", "server"),
      go("asleep-net.go", "nothing"),
      bench.must("circle.mjs"),
    ]);
    return {
      nothing: detected(nothing),
      ticker: detected(ticker),
      signalHandler: detected(signalHandler),
      server: detected(server),
      netOnly: detected(netOnly),
      cgo: netOnly.lines.includes("cgo 1") ? "1" : "0",
      reportedMs: circle.result.number("ms"),
    };
  },
  decide,
});

function detected(outcome: Outcome): number {
  if (outcome.stderr.includes("all goroutines are asleep - deadlock!")) return 1;
  if (outcome.end === "time" && outcome.lines.includes("both hold one lock")) return 0;
  throw new ProgramFailure("a program neither hung nor was ended by Go's deadlock detection");
}
