import { everySetting } from "../peers.mjs";

export const row = {
  name: "tiny-2048",
  title: "tiny tasks/s, 2,048 in flight",
  unit: "/s",
  better: "higher",
  measurement: "closed",
  options: { inFlight: 2_048 },
  peers: everySetting,
  read: (sample) => sample.tasksPerS,
  against: "piscina",
  target: { words: ">= 15 x", holds: (ratio) => ratio >= 15 },
};
