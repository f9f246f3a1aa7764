import { mainSettings } from "../peers.mjs";

export const row = {
  name: "payload-1k",
  title: "1 KB echoed, 4 in flight",
  unit: "/s",
  better: "higher",
  measurement: "payload",
  options: { bytes: 1_024, moved: false },
  peers: mainSettings.filter((name) => name !== "inline"),
  read: (sample) => sample.tasksPerS,
  against: "raw",
  target: null,
};
