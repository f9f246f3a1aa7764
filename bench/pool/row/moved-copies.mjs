import { row as moved } from "./moved-1m.mjs";

export const row = {
  ...moved,
  name: "moved-copies",
  title: "buffers of those that were copied instead",
  unit: "",
  better: "lower",
  read: (sample) => (sample.cannot === undefined ? sample.copiedOut + sample.copiedBack : undefined),
  against: null,
  target: { words: "none", holds: (count) => count === 0 },
};
