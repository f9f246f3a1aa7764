import { everySetting } from "../peers.mjs";

export const row = {
  name: "single",
  title: "one tiny task at a time, p50",
  unit: "us",
  better: "lower",
  measurement: "serial",
  options: { busy: false },
  peers: everySetting,
  read: (sample) => sample.p50Us,
  against: "piscina",
  target: { words: "<= 1/4", holds: (ratio) => ratio <= 1 / 4 },
};
