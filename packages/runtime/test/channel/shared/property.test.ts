import assert from "node:assert/strict";
import { test } from "node:test";
import { after, receive, send } from "../../../src/channel/cases.js";
import { select } from "../../../src/channel/select.js";
import { openReceiver, openSender, type SharedSender } from "../../../src/channel/shared/ends.js";
import { READ, SENT, TAKEN, view, WRITTEN } from "../../../src/channel/shared/layout.js";
import { sharedChannel } from "../../../src/channel/shared/shared-channel.js";
import { isHeddleError } from "../../../src/error/base.js";
import { seeded } from "../../../src/testing/random.js";

/** An item of any size, that tells by itself whether it is whole. */
function itemOf(number: number, random: () => number): { n: number; text: string } {
  const roll = random();
  const most = roll < 0.6 ? 100 : roll < 0.9 ? 3000 : 60_000;
  return { n: number, text: String(number % 10).repeat(Math.floor(random() * most)) };
}

function whole({ n, text }: { n: number; text: string }): boolean {
  return text === String(n % 10).repeat(text.length);
}

async function runOnce(seed: number): Promise<void> {
  const random = seeded(seed);
  const ch = sharedChannel<{ n: number; text: string }>(1 + Math.floor(random() * 20));
  const { sender, receiver } = ch;
  const accepted: number[] = [];
  const received: number[] = [];
  const ignore = (error: unknown) => {
    if (!isHeddleError(error)) throw error;
    return undefined;
  };
  const limits = () => (random() < 0.2 ? { timeout: 0 } : random() < 0.2 ? { timeout: 1 } : {});
  const sending = (async () => {
    for (let n = 0; n < 150; n++) {
      const item = itemOf(n, random);
      const roll = random();
      let sent = false;
      if (roll < 0.5)
        sent = await sender.send(item, limits()).then(
          () => true,
          () => false,
        );
      else if (roll < 0.7) sent = sender.trySend(item);
      else sent = (await select({ out: send(sender, item), idle: after(1) })).key === "out";
      if (sent) accepted.push(n);
    }
    sender.close();
  })();
  for (;;) {
    const roll = random();
    let items: { n: number; text: string }[] = [];
    if (roll < 0.3) {
      const many = await receiver.receiveMany(1 + Math.floor(random() * 5), limits()).catch(ignore);
      if (many?.length === 0) break;
      items = many ?? [];
    } else if (roll < 0.6) {
      const one = await receiver.receive(limits()).catch(ignore);
      if (one?.done === true) break;
      if (one !== undefined) items = [one.value];
    } else {
      const one = await select({ in: receive(receiver), idle: after(1) });
      if (one.key === "in" && one.done) break;
      if (one.key === "in") items = [one.value as { n: number; text: string }];
    }
    for (const item of items) {
      assert.ok(whole(item), `item ${item.n} is torn`);
      received.push(item.n);
    }
  }
  await sending;
  assert.deepEqual(received, accepted);
  const { size, sent } = ch.stats();
  assert.deepEqual({ size, sent }, { size: 0, sent: accepted.length });
}

test("items of all sizes, cancelled and selected at random, each arrive whole, once and in order", async () => {
  for (let seed = 1; seed <= 30; seed++) {
    await runOnce(seed).catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error });
    });
  }
});

test("counters and positions may run over", async () => {
  const ch = sharedChannel<string>(3);
  const { control } = view(ch.sender.memory) ?? assert.fail();
  for (const word of [WRITTEN, READ]) Atomics.store(control, word, 2 ** 31 - 64);
  for (const word of [SENT, TAKEN]) Atomics.store(control, word, 2 ** 31 - 2);
  const sender = openSender<string>(structuredClone({ ...ch.sender })) as SharedSender<string>;
  const receiver = openReceiver<string>(structuredClone({ ...ch.receiver }));
  for (let i = 0; i < 50; i++) {
    for (const item of ["a", "b".repeat(5000), "c"]) assert.equal(sender.trySend(`${item}${i}`), true);
    assert.equal(sender.trySend("full"), false);
    assert.deepEqual(await receiver.receiveMany(3), [`a${i}`, `${"b".repeat(5000)}${i}`, `c${i}`]);
    assert.equal(receiver.tryReceive(), undefined);
  }
  assert.equal(ch.stats().size, 0);
});
