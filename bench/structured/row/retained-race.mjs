import { retained, retainedTarget } from "../retained.mjs";

export const row = {
  name: "retained-race",
  title: "what a race leaves in the wait that lost it",
  unit: "bytes",
  runs: 1,
  sides: {
    heddle: async ({ channel, race }) => {
      const never = channel(1);
      return retained(() => race([() => never.receive(), async () => 1]));
    },
  },
  targets: [retainedTarget],
};
