import { retained, retainedTarget } from "../retained.mjs";

export const row = {
  name: "retained-select",
  title: "what a select leaves in the channels that it did not take",
  unit: "bytes",
  runs: 1,
  sides: {
    heddle: async ({ channel, select, receive }) => {
      const quiet = channel(1);
      const busy = channel(1);
      const bytes = await retained(async (i) => {
        const waits = select({ quiet: receive(quiet), busy: receive(busy) });
        await busy.send(i);
        await waits;
      });
      await quiet.send(1);
      return bytes;
    },
  },
  targets: [retainedTarget],
};
