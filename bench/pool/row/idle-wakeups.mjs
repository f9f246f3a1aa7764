import { mainSettings } from "../peers.mjs";

export const row = {
  name: "idle-wakeups",
  title: "threads of an idle pool's process going to sleep",
  unit: "/s",
  better: "lower",
  measurement: "idle",
  options: {},
  peers: mainSettings,
  together: true,
  read: (sample) => sample.switchesPerS,
  against: null,
  // The window's own timer and Node itself make a few in 10 s; `inline` beside it shows how many.
  target: { words: "< 1 /s", holds: (perS) => perS < 1 },
};
