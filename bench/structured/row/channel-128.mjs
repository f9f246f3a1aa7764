import { throughChannel, throughGo } from "../channel.mjs";

export const row = {
  name: "channel-128",
  title: "an item through a channel of capacity 128, for await",
  unit: "ns",
  sides: { heddle: (runtime) => throughChannel(runtime, 128), go: () => throughGo(128) },
  targets: [{ than: "go", words: "<= 3 x", holds: (ratio) => ratio <= 3 }],
};
