const N = 100_000;

export const row = {
  name: "mutex-contended",
  title: "acquire and release a mutex that 100,000 want",
  unit: "ns",
  sides: {
    heddle: async ({ Mutex }) => {
      const mutex = new Mutex();
      return contend(async () => {
        (await mutex.acquire())[Symbol.dispose]();
      });
    },
    "async-mutex": async () => {
      const { Mutex } = await import("async-mutex");
      const mutex = new Mutex();
      return contend(async () => {
        (await mutex.acquire())();
      });
    },
  },
  targets: [{ than: "async-mutex", words: "<= 1/20", holds: (ratio) => ratio <= 1 / 20 }],
};

async function contend(once) {
  for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: 100 }, once));
  const start = performance.now();
  await Promise.all(Array.from({ length: N }, once));
  return ((performance.now() - start) * 1e6) / N;
}
