const N = 10_000;

export const row = {
  name: "signal",
  title: "AbortControllers made by 10,000 tasks that never read one",
  unit: "controllers",
  runs: 1,
  sides: {
    heddle: async ({ group }) => {
      const Real = globalThis.AbortController;
      let made = 0;
      globalThis.AbortController = class extends Real {
        constructor() {
          super();
          made++;
        }
      };
      await group(async (g) => {
        for (let i = 0; i < N; i++) g.spawn(async () => i);
      });
      return made;
    },
  },
  targets: [{ words: "0", holds: (made) => made === 0 }],
};
