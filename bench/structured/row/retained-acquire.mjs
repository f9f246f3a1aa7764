import { retained, retainedTarget } from "../retained.mjs";

export const row = {
  name: "retained-acquire",
  title: "what a timed-out acquire leaves behind",
  unit: "bytes",
  runs: 1,
  sides: {
    heddle: async ({ Mutex }) => {
      const mutex = new Mutex();
      await mutex.acquire();
      let waiting = [];
      return retained(async (i) => {
        waiting.push(mutex.acquire({ timeout: 1 }).catch(() => undefined));
        if (i % 1_000 !== 999) return;
        await Promise.all(waiting);
        waiting = [];
      });
    },
  },
  targets: [retainedTarget],
};
