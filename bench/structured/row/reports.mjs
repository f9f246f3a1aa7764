import { nsPerOperation } from "../loop.mjs";

const N = 10_000;

function lockUnlock(reports) {
  return ({ Mutex, configure, group }) => {
    configure({ reports });
    const mutex = new Mutex({ name: "measured" });
    return group(() =>
      nsPerOperation(async (n) => {
        for (let i = 0; i < n; i++) (await mutex.acquire())[Symbol.dispose]();
      }, N),
    );
  };
}

export const row = {
  name: "reports",
  title: "a lock operation with deadlock detection, in a task",
  unit: "ns",
  sides: { "heddle-on": lockUnlock("on"), "heddle-off": lockUnlock("off") },
  targets: [{ ours: "heddle-on", than: "heddle-off", words: "<= 2 x", holds: (ratio) => ratio <= 2 }],
};
