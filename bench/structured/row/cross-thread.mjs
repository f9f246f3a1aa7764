const N = 1_000_000;

export const row = {
  name: "cross-thread",
  title: "numbers through a channel into a pool task, capacity 1,024",
  unit: "/s",
  sides: {
    heddle: async ({ pool, sharedChannel }) => {
      const cpu = pool(new URL("../tasks.mjs", import.meta.url), { threads: 1 });
      await cpu.ready();
      const send = async (n) => {
        const items = sharedChannel(1_024);
        const total = cpu.run("total", [items.receiver]);
        for (let i = 0; i < n; i++) if (!items.sender.trySend(i)) await items.sender.send(i);
        items.sender.close();
        if ((await total) !== (n * (n - 1)) / 2) throw new Error("wrong sum");
      };
      await send(N / 5);
      const start = performance.now();
      await send(N);
      return N / ((performance.now() - start) / 1_000);
    },
  },
  targets: [{ words: ">= 1,000,000/s", holds: (rate) => rate >= 1_000_000 }],
};
