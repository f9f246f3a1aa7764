import { defineClaim } from "@heddle/claims";
import { type BackpressureMemory, decide } from "./rule.js";

const CAPACITY = 20;
const CHUNK_KB = 128;

export const claim = defineClaim<BackpressureMemory>({
  id: "backpressure-memory",
  topic: "failure",
  claim: "Ignoring backpressure makes memory grow without bound.",
  source: "common advice, of no particular text",
  experiment:
    "In Node, a writer makes a chunk of 128 KB each turn of the event loop and a stream takes one every fourth turn. The bytes of chunks held after garbage collections, in the middle and at the end, for several lengths: when the answer of write() is ignored, when the writer waits for drain, and with a channel of @heddle/runtime that has room for 20 chunks.",
  rule: "With this reader at most three quarters of what is written can pile up. Confirmed if memory grows by at least 80 % of that when write() is ignored and by at most 20 % of it with both cures; refuted if it grows by at most 20 % when write() is ignored.",
  practice:
    "Await drain when write() says false, or let pipeline() do it; put a bounded channel between tasks. A queue without a bound only moves the moment at which a slow reader is noticed to the moment at which memory is gone.",
  programs: ["fill.mjs"],
  seconds: { full: 0.7, quick: 0.5 },
  // The bytes are counted, not timed: whoever runs beside changes nothing.
  alone: false,
  async measure(bench) {
    const sizes = bench.quick ? [50, 100, 200] : [100, 200, 400];
    const args = { sizes, chunkKb: CHUNK_KB, capacity: CAPACITY };
    const { result } = await bench.must("fill.mjs", args, { flags: ["--expose-gc"] });
    return {
      writtenMb: sizes.map((chunks) => (chunks * CHUNK_KB) / 1024),
      ignoredMb: result.numbers("ignore"),
      drainMb: result.numbers("drain"),
      channelMb: result.numbers("channel"),
      capacity: CAPACITY,
    };
  },
  decide,
  picture: ({ writtenMb, ignoredMb, drainMb, channelMb }) => {
    const points = (held: readonly number[]) => writtenMb.map((mb, at) => [mb, held[at] ?? 0] as const);
    return {
      kind: "lines",
      title: "Memory held for a reader four times as slow as the writer",
      x: { name: "written", unit: "MB" },
      y: { name: "held at most", unit: "MB" },
      lines: [
        { name: "write() ignored", points: points(ignoredMb) },
        { name: "drain awaited", role: "cure", points: points(drainMb) },
        { name: "bounded channel", role: "cure", points: points(channelMb) },
      ],
    };
  },
});
