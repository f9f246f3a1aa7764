import { everySetting } from "../peers.mjs";

export const row = {
  name: "single-busy",
  title: "one tiny task at a time, every core busy, p50",
  unit: "us",
  better: "lower",
  measurement: "serial",
  options: { busy: true },
  peers: everySetting,
  read: (sample) => sample.p50Us,
  against: "piscina",
  target: { words: "<= 1.1 x", holds: (ratio) => ratio <= 1.1 },
};
