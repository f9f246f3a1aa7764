import { row as mixed } from "./mixed-p99.mjs";

export const row = {
  ...mixed,
  name: "mixed-placing",
  title: "tasks of that mix that waited > 10 ms while a worker was free",
  unit: "",
  read: (sample) => sample.waitedBesideFree,
  against: null,
  target: { words: "none", holds: (count) => count === 0 },
};
