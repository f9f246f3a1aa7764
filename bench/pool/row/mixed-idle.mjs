import { row as mixed } from "./mixed-p99.mjs";

export const row = {
  ...mixed,
  name: "mixed-idle",
  title: "tasks of that mix that waited > 10 ms while a worker idled",
  unit: "",
  read: (sample) => sample.waitedWhileIdle,
  against: null,
  target: { words: "none", holds: (count) => count === 0 },
};
