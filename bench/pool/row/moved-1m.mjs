import { mainSettings } from "../peers.mjs";

export const row = {
  name: "moved-1m",
  title: "1 MB moved there and back, 4 in flight",
  unit: "/s",
  better: "higher",
  measurement: "payload",
  options: { bytes: 1_048_576, moved: true },
  peers: mainSettings.filter((name) => name !== "inline"),
  read: (sample) => sample.tasksPerS,
  against: "raw",
  target: { words: ">= 0.9 x", holds: (ratio) => ratio >= 0.9 },
};
