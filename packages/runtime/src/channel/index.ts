export {
  type Broadcast,
  type BroadcastStats,
  broadcast,
  type SubscribeOptions,
  type Subscription,
} from "./broadcast.js";
export type { SelectCase } from "./case.js";
export { aborted, after, type Happened, joined, type Received, receive, send } from "./cases.js";
export { channel } from "./channel.js";
export { type SelectCases, type SelectOptions, type SelectResult, select } from "./select.js";
export {
  openReceiver,
  openSender,
  type ReceiverHandle,
  type SenderHandle,
  type SharedReceiver,
  type SharedSender,
} from "./shared/ends.js";
export { type SharedChannel, type SharedChannelStats, sharedChannel } from "./shared/shared-channel.js";
export type {
  Channel,
  ChannelIterator,
  ChannelOptions,
  ChannelStats,
  Receiver,
  Sender,
} from "./types.js";
export { type Watch, type WatchStats, watch } from "./watch.js";
