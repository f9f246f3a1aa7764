import { nsPerOperation } from "../loop.mjs";

const N = 1_000;
const work = async () => 1;

export const row = {
  name: "spawn",
  title: "spawn and join one async task (of 1,000 together)",
  unit: "ns",
  sides: {
    heddle: ({ group }) =>
      nsPerOperation(
        (n) =>
          group(async (g) => {
            for (let i = 0; i < n; i++) g.spawn(work);
          }),
        N,
      ),
    bare: () => nsPerOperation((n) => Promise.all(Array.from({ length: n }, work)), N),
    effection: async () => {
      const { run, spawn, call, all } = await import("effection");
      return nsPerOperation(
        (n) =>
          run(function* () {
            const tasks = [];
            for (let i = 0; i < n; i++) {
              tasks.push(
                yield* spawn(function* () {
                  return yield* call(work);
                }),
              );
            }
            return yield* all(tasks);
          }),
        N,
      );
    },
    effect: async () => {
      const { Effect } = await import("effect");
      const one = Effect.promise(work);
      return nsPerOperation(
        (n) =>
          Effect.runPromise(
            Effect.all(
              Array.from({ length: n }, () => one),
              { concurrency: "unbounded" },
            ),
          ),
        N,
      );
    },
    "p-limit": async () => {
      const { default: pLimit } = await import("p-limit");
      const limit = pLimit(N);
      return nsPerOperation((n) => Promise.all(Array.from({ length: n }, () => limit(work))), N);
    },
    "p-queue": async () => {
      const { default: PQueue } = await import("p-queue");
      const queue = new PQueue({ concurrency: N });
      return nsPerOperation((n) => Promise.all(Array.from({ length: n }, () => queue.add(work))), N);
    },
  },
  targets: [
    { than: "bare", words: "<= 2 x", holds: (ratio) => ratio <= 2 },
    { than: "effection", words: "<= 1/30", holds: (ratio) => ratio <= 1 / 30 },
    { than: "effect", words: "<= 1/3", holds: (ratio) => ratio <= 1 / 3 },
    { than: "p-limit", words: "<= 1 x", holds: (ratio) => ratio <= 1 },
    { than: "p-queue", words: "<= 1 x", holds: (ratio) => ratio <= 1 },
  ],
};
