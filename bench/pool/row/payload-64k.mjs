import { mainSettings } from "../peers.mjs";

export const row = {
  name: "payload-64k",
  title: "64 KB echoed, 4 in flight",
  unit: "/s",
  better: "higher",
  measurement: "payload",
  options: { bytes: 65_536, moved: false },
  peers: mainSettings.filter((name) => name !== "inline"),
  read: (sample) => sample.tasksPerS,
  against: "raw",
  target: null,
};
