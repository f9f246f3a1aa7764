import { everySetting } from "../peers.mjs";

/** Not in anybody's table of targets: it shows what is left of a spin's gain when calls come one by one. */
export const row = {
  name: "single-rested",
  title: "one tiny task after 1 ms of rest, p50",
  unit: "us",
  better: "lower",
  measurement: "serial",
  options: { busy: false },
  peers: everySetting,
  read: (sample) => sample.restedP50Us,
  against: "piscina",
  target: null,
};
