import { type Bench, defineClaim } from "@heddle/claims";
import { CLAIMED_US, decide, type PipeTest } from "./rule.js";

export const claim = defineClaim<PipeTest>({
  id: "pipe-100k-round-trips",
  topic: "switches",
  claim:
    "A pipe test of 100,000 round trips between two threads takes 0.487 s: a context switch costs 4.9 µs.",
  source: "Concurrency: Threads, the GIL, and the Event Loop",
  experiment:
    "Runs the test as the source has it, in Python: one thread writes 100,000 single bytes into a pipe, another reads them. Beside the time it counts the switches that the kernel made (getrusage), on one CPU and on all. Then the corrected form: two pipes, and each side waits for the other's byte.",
  rule: "A round trip has two switches. Refuted if a turn of the source's loop has under 0.5 of them in both placements; confirmed if it has 1.5 or more in both; in between it depends on the placement. Undecided if the corrected form does not show 1.5.",
  practice:
    "Count switches beside the time before dividing one by the other. To time a switch, make each side wait for the other: two pipes, both ends on one CPU.",
  programs: ["stream.py", "pingpong.py"],
  seconds: { full: 0.6, quick: 0.5 },
  async measure(bench) {
    const turns = 100_000;
    const trips = bench.quick ? 2_000 : 5_000;
    const pinned = await stream(bench, turns, [0]);
    const free = await stream(bench, turns);
    const threads = await pingPong(bench, { times: trips, process: false }, [0]);
    const threadsFree = await pingPong(bench, { times: trips, process: false });
    const processes = await pingPong(bench, { times: trips, process: true }, [0]);
    return {
      turns,
      streamSwitchesPinned: pinned.switches,
      streamSwitchesFree: free.switches,
      streamUsPinned: pinned.us,
      streamUsFree: free.us,
      pingSwitches: Math.min(threads.switches, processes.switches),
      pingThreadsUs: threads.us,
      pingThreadsFreeUs: threadsFree.us,
      pingProcessesUs: processes.us,
    };
  },
  decide,
  picture: (numbers) => ({
    kind: "bars",
    title: `Time of one turn (claimed: ${CLAIMED_US} µs and a switch in it)`,
    value: { name: "time", unit: "µs", scale: "log" },
    bars: [
      { name: "claimed", value: CLAIMED_US, role: "claimed" },
      {
        name: `source's loop, ${numbers.streamSwitchesPinned.toFixed(2)} switches`,
        value: numbers.streamUsPinned,
      },
      { name: "round trip, threads on one CPU", value: numbers.pingThreadsUs, role: "cure" },
      { name: "round trip, processes on one CPU", value: numbers.pingProcessesUs, role: "cure" },
      { name: "round trip, threads on all CPUs", value: numbers.pingThreadsFreeUs, role: "cure" },
    ],
  }),
});

interface Turn {
  readonly us: number;
  readonly switches: number;
}

async function stream(bench: Bench, times: number, cpus?: readonly number[]): Promise<Turn> {
  return turnOf(bench, "stream.py", { times }, cpus);
}

async function pingPong(
  bench: Bench,
  args: { times: number; process: boolean },
  cpus?: readonly number[],
): Promise<Turn> {
  return turnOf(bench, "pingpong.py", args, cpus);
}

async function turnOf(
  bench: Bench,
  file: string,
  args: Readonly<Record<string, unknown>>,
  cpus: readonly number[] | undefined,
): Promise<Turn> {
  const { result } = await bench.must(file, args, cpus === undefined ? {} : { cpus });
  return { us: result.number("microseconds"), switches: result.number("switches") };
}
