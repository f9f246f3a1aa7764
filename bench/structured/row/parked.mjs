import { heldBytes } from "../loop.mjs";

const N = 1_000_000;

export const row = {
  name: "parked",
  title: "a parked task beyond the user's own promise, 1,000,000 in a group",
  unit: "bytes",
  runs: 1,
  sides: {
    heddle: async ({ group }) => {
      let release;
      const gate = new Promise((done) => {
        release = done;
      });
      const own = await ownPromises(gate);
      let each;
      await group(async (g) => {
        const before = await heldBytes();
        for (let i = 0; i < N; i++) g.spawn(async () => gate.then(() => i));
        each = ((await heldBytes()) - before) / N;
        release();
      });
      return each - own;
    },
  },
  targets: [{ words: "<= 600 bytes", holds: (bytes) => bytes <= 600 }],
};

/** What the same async functions hold without a group. */
async function ownPromises(gate) {
  const before = await heldBytes();
  const kept = Array.from({ length: 100_000 }, (_, i) => (async () => gate.then(() => i))());
  const bytes = ((await heldBytes()) - before) / kept.length;
  return bytes;
}
