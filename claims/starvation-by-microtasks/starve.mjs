// Calls that queue themselves again for so many ms: by process.nextTick, by promises, by setImmediate. Beside them a
// timer of 1 ms and a file that is looked up over and over: how long both wait, how often they are served meanwhile.
import { stat } from "node:fs";

const { chainsMs } = JSON.parse(process.argv.at(-1));

const ways = {
  nextTick: (call) => process.nextTick(call),
  promise: (call) => void Promise.resolve().then(call),
  immediate: (call) => setImmediate(call),
};

function chain(again, forMs) {
  return new Promise((resolve) => {
    const from = performance.now();
    let calls = 0;
    let served = 0;
    let over = false;
    let timerMs = -1;
    let ioMs = -1;
    const settle = () => {
      if (over && timerMs >= 0 && ioMs >= 0) resolve({ calls, served, timerMs, ioMs });
    };
    const tick = () => {
      if (timerMs < 0) timerMs = performance.now() - from;
      if (over) return settle();
      served++;
      setTimeout(tick, 1);
    };
    const look = () =>
      stat(".", () => {
        if (ioMs < 0) ioMs = performance.now() - from;
        if (over) return settle();
        served++;
        look();
      });
    const call = () => {
      calls++;
      if (performance.now() - from < forMs) return again(call);
      over = true;
      settle();
    };
    setTimeout(tick, 1);
    look();
    again(call);
  });
}

const result = {};
for (const [name, again] of Object.entries(ways)) {
  const all = { calls: [], served: [], timerMs: [], ioMs: [] };
  for (const forMs of chainsMs) {
    const one = await chain(again, forMs);
    for (const key of Object.keys(all)) all[key].push(one[key]);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  for (const [key, values] of Object.entries(all)) result[`${name}_${key}`] = values;
}
console.log(JSON.stringify({ result }));
