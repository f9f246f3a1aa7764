import { mainSettings } from "../peers.mjs";

/** 90 of 100 tasks take 10 us, 9 take 100 us, one takes 1 ms: about the same CPU in each size. */
export const row = {
  name: "work-mix",
  title: "a mix of 10 us, 100 us, 1 ms, 16 in flight",
  unit: "/s",
  better: "higher",
  measurement: "closed",
  options: {
    inFlight: 16,
    sizes: [
      [10, 90],
      [100, 9],
      [1_000, 1],
    ],
  },
  peers: mainSettings,
  read: (sample) => sample.tasksPerS,
  against: "best",
  target: null,
};
