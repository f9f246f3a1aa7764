import { nsPerOperation } from "../loop.mjs";

const N = 10_000;

export const row = {
  name: "mutex-free",
  title: "acquire and release a free mutex",
  unit: "ns",
  sides: {
    heddle: ({ Mutex }) => {
      const mutex = new Mutex();
      return nsPerOperation(async (n) => {
        for (let i = 0; i < n; i++) (await mutex.acquire())[Symbol.dispose]();
      }, N);
    },
    await: () =>
      nsPerOperation(async (n) => {
        for (let i = 0; i < n; i++) await Promise.resolve(i);
      }, N),
    "async-mutex": async () => {
      const { Mutex } = await import("async-mutex");
      const mutex = new Mutex();
      return nsPerOperation(async (n) => {
        for (let i = 0; i < n; i++) (await mutex.acquire())();
      }, N);
    },
  },
  targets: [
    { than: "await", words: "<= 5 x", holds: (ratio) => ratio <= 5 },
    { than: "async-mutex", words: "<= 1 x", holds: (ratio) => ratio <= 1 },
  ],
};
