import {
  openReceiver,
  openSender,
  type ReceiverHandle,
  type SenderHandle,
} from "../../../src/channel/shared/ends.js";

export async function squares(from: ReceiverHandle<number>, to: SenderHandle<number>): Promise<number> {
  using numbers = openReceiver(from);
  using results = openSender(to);
  let count = 0;
  for await (const n of numbers) {
    await results.send(n * n);
    count += 1;
  }
  results.close();
  return count;
}

export async function endless(to: SenderHandle<number>): Promise<void> {
  const out = openSender(to);
  for (let n = 0; ; n++) await out.send(n);
}

export async function range(to: SenderHandle<number>, first: number, end: number): Promise<void> {
  using out = openSender(to);
  for (let n = first; n < end; n++) await out.send(n);
}
