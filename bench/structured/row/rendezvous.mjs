import { throughChannel, throughGo } from "../channel.mjs";

export const row = {
  name: "rendezvous",
  title: "an item through a channel of capacity 0",
  unit: "ns",
  sides: { heddle: (runtime) => throughChannel(runtime, 0), go: () => throughGo(0) },
  targets: [{ than: "go", words: "<= 1.3 x", holds: (ratio) => ratio <= 1.3 }],
};
