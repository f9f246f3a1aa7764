import { mainSettings } from "../peers.mjs";

export const row = {
  name: "payload-1m",
  title: "1 MB echoed, 4 in flight",
  unit: "/s",
  better: "higher",
  measurement: "payload",
  options: { bytes: 1_048_576, moved: false },
  peers: mainSettings.filter((name) => name !== "inline"),
  read: (sample) => sample.tasksPerS,
  against: "raw",
  target: { words: ">= 0.9 x", holds: (ratio) => ratio >= 0.9 },
};
