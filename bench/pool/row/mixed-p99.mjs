import { mainSettings } from "../peers.mjs";

export const row = {
  name: "mixed-p99",
  title: "p99 of 100 us tasks among 1 % of 50 ms",
  unit: "us",
  better: "lower",
  measurement: "mixed",
  // (0.99 * 100 us + 0.01 * 50 ms) * 1,000/s is 30 % of two threads.
  options: { perS: 1_000, shortUs: 100, longUs: 50_000, longShare: 0.01 },
  peers: [...mainSettings.filter((name) => !["raw-1", "inline"].includes(name)), "piscina-fifo"],
  read: (sample) => sample.p99Us,
  against: "best",
  target: { words: "no worse", holds: (ratio) => ratio <= 1.05 },
};
