import { everySetting } from "../peers.mjs";

export const row = {
  name: "tiny-64",
  title: "tiny tasks/s, 64 in flight",
  unit: "/s",
  better: "higher",
  measurement: "closed",
  options: { inFlight: 64 },
  peers: everySetting,
  read: (sample) => sample.tasksPerS,
  against: "piscina",
  // 8 times, and a million where piscina does 115,000: the second is the stricter of the two ratios.
  target: { words: ">= 8.7 x", holds: (ratio) => ratio >= 1_000_000 / 115_000 },
};
