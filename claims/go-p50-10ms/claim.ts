import { defineClaim } from "@heddle/claims";
import { decide, type GoFigures } from "./rule.js";

const size = { tasks: 1000, waitMs: 10 };

export const claim = defineClaim<GoFigures>({
  id: "go-p50-10ms",
  topic: "go",
  claim: "In Go, 1000 tasks of 10 ms have a p50 of 10.1 ms and a p99 of 12.5 ms, in 2 to 5 MB.",
  source: "The benchmark lab for Threading vs Async vs Event Loop",
  experiment:
    "Runs code that measures as the text's does: whole milliseconds from the library, and the difference of two readings of allocated heap bytes; once more with a garbage collection between the readings. Beside it the same goroutines with a clock of nanoseconds and the resident memory while all of them sleep.",
  rule: "Refuted if none of the latencies that the text's code gives has a fraction of a millisecond, as the claimed figures have. Confirmed if some have, the latencies are within 10 % of the claimed ones and the memory is from 2 to 5 MB.",
  practice:
    "Look at what a program can print before you believe what it is said to have printed. In Go, take latencies as a Duration and divide as a float, and weigh the process by its resident memory: heap bytes leave out stacks, and their difference can wrap around.",
  programs: ["alloc.go", "weigh.go"],
  seconds: { full: 0.2, quick: 0.1 },
  async measure(bench) {
    const runs = bench.quick ? 2 : 5;
    const all: number[] = [];
    let printedMb = 0;
    let printedP50Ms = 0;
    let printedP99Ms = 0;
    for (let run = 0; run < runs; run++) {
      const { result } = await bench.must("alloc.go", { ...size, garbage: false });
      all.push(...result.numbers("all"));
      printedMb = result.number("memoryMb");
      printedP50Ms = result.number("p50");
      printedP99Ms = result.number("p99");
    }
    const collected = (await bench.must("alloc.go", { ...size, garbage: true })).result;
    const weighed = (await bench.must("weigh.go", size)).result;
    const residentMb = weighed.number("residentMb");
    return {
      tasks: size.tasks,
      printed: all.length,
      withFraction: all.filter((latency) => !Number.isInteger(latency)).length,
      printedP50Ms,
      printedP99Ms,
      printedMb,
      afterCollectionMb: collected.number("memoryMb"),
      p50Ms: weighed.number("p50"),
      p99Ms: weighed.number("p99"),
      residentMb: weighed.number("processMb") < 0 ? null : residentMb,
      stacksMb: weighed.number("stacksMb"),
    };
  },
  decide,
});
