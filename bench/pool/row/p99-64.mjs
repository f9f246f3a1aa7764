import { everySetting } from "../peers.mjs";

export const row = {
  name: "p99-64",
  title: "p99 of tiny tasks, 64 in flight",
  unit: "us",
  better: "lower",
  measurement: "closed",
  options: { inFlight: 64 },
  peers: everySetting,
  read: (sample) => sample.p99Us,
  against: "piscina",
  target: { words: "<= 1/5", holds: (ratio) => ratio <= 1 / 5 },
};
