import { mainSettings } from "../peers.mjs";

export const row = {
  name: "work-1ms",
  title: "tasks of 1 ms, 16 in flight",
  unit: "/s",
  better: "higher",
  measurement: "closed",
  options: { inFlight: 16, sizes: [[1_000, 1]] },
  peers: mainSettings,
  read: (sample) => sample.tasksPerS,
  against: "best",
  target: null,
};
