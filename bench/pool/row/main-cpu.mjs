import { everySetting } from "../peers.mjs";

export const row = {
  name: "main-cpu",
  title: "main-thread CPU per tiny task",
  unit: "us",
  better: "lower",
  measurement: "closed",
  options: { inFlight: 64 },
  peers: everySetting,
  read: (sample) => sample.mainCpuUsPerTask,
  against: "piscina",
  target: { words: "<= 1/5", holds: (ratio) => ratio <= 1 / 5 },
};
