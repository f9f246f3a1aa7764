import { mainSettings } from "../peers.mjs";

export const row = {
  name: "idle-cpu",
  title: "CPU of an idle pool's process",
  unit: "%",
  better: "lower",
  measurement: "idle",
  options: {},
  peers: mainSettings,
  together: true,
  read: (sample) => sample.cpuPercent,
  against: null,
  target: { words: "< 0.1 %", holds: (percent) => percent < 0.1 },
};
