import { mainSettings } from "../peers.mjs";

export const row = {
  name: "work-10us",
  title: "tasks of 10 us, 16 in flight",
  unit: "/s",
  better: "higher",
  measurement: "closed",
  options: { inFlight: 16, sizes: [[10, 1]] },
  peers: mainSettings,
  read: (sample) => sample.tasksPerS,
  against: "best",
  target: null,
};
