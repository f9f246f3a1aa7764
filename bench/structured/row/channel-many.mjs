import { throughGo } from "../channel.mjs";
import { nsPerOperation } from "../loop.mjs";

export const row = {
  name: "channel-many",
  title: "an item by trySend and receiveMany, capacity 128",
  unit: "ns",
  sides: {
    heddle: ({ channel }) =>
      nsPerOperation(async (n) => {
        const jobs = channel(128);
        const sender = (async () => {
          for (let i = 0; i < n; i++) if (!jobs.trySend(i)) await jobs.send(i);
          jobs.close();
        })();
        let sum = 0;
        for (;;) {
          const some = await jobs.receiveMany(128);
          if (some.length === 0) break;
          for (const job of some) sum += job;
        }
        await sender;
        if (sum !== (n * (n - 1)) / 2) throw new Error(`wrong sum ${sum}`);
      }, 100_000),
    go: () => throughGo(128),
  },
  targets: [{ than: "go", words: "<= 1 x", holds: (ratio) => ratio <= 1 }],
};
