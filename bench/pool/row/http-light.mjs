import { OURS } from "../peers.mjs";

/** On more than two cores the loop has one of its own, and the row shows little: it is about a box that is too small. */
export const row = {
  name: "http-light",
  title: "light HTTP requests beside 20 ms hashes, 70 % of two cores, p99",
  unit: "ms",
  better: "lower",
  measurement: "http",
  options: { utilization: 0.7, heavyUs: 20_000, lightPerS: 400 },
  peers: [OURS, "piscina", "piscina-deep", "piscina-nice", "raw-2"],
  read: (sample) => sample.lightP99Ms,
  against: "piscina",
  target: { words: "<= 1/2", holds: (ratio) => ratio <= 1 / 2 },
};
