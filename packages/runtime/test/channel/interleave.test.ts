import assert from "node:assert/strict";
import { test } from "node:test";
import { after, receive, send } from "../../src/channel/cases.js";
import { channel } from "../../src/channel/channel.js";
import { select } from "../../src/channel/select.js";
import { isHeddleError } from "../../src/error/base.js";
import { group } from "../../src/group/group.js";
import { sleep } from "../../src/group/sleep.js";
import { explore } from "../../src/testing/explore.js";
import { interleave } from "../../src/testing/interleave.js";
import { seeded } from "../../src/testing/random.js";
import { linearizable, type Operation } from "./linearize.js";

const RUNS = 150;

test("the checker itself tells a queue from what is none", () => {
  const op = (kind: "send" | "receive", item: number, called: number, told: number): Operation => ({
    kind,
    item,
    called,
    told,
  });
  const inOrder = [op("send", 1, 0, 1), op("send", 2, 2, 3), op("receive", 1, 4, 5), op("receive", 2, 6, 7)];
  assert.equal(linearizable(inOrder, 2), true);
  assert.equal(linearizable(inOrder, 1), false, "two items do not fit into one place");
  const swapped = [op("send", 1, 0, 1), op("send", 2, 2, 3), op("receive", 2, 4, 5), op("receive", 1, 6, 7)];
  assert.equal(linearizable(swapped, 2), false, "the second item came first");
  const early = [op("receive", 1, 0, 1), op("send", 1, 2, 3)];
  assert.equal(linearizable(early, 2), false, "received before it was sent");
});

test("whatever the order of wake-ups, senders and receivers see one queue", async () => {
  await explore(
    async (seed) => {
      const random = seeded(seed);
      const capacity = 1 + Math.floor(random() * 3);
      const ch = channel<number>(capacity);
      const history: Operation[] = [];
      let moment = 0;
      let next = 0;
      await group(async (g) => {
        for (let s = 0; s < 3; s++) {
          g.spawn(async () => {
            for (let i = 0; i < 3; i++) {
              const item = ++next;
              const called = ++moment;
              if (random() < 0.5) await ch.send(item);
              else await select({ out: send(ch, item) });
              history.push({ kind: "send", item, called, told: ++moment });
            }
          });
          g.spawn(async () => {
            for (let i = 0; i < 3; i++) {
              const called = ++moment;
              const result = random() < 0.5 ? await ch.receive() : await select({ in: receive(ch) });
              history.push({ kind: "receive", item: result.value ?? 0, called, told: ++moment });
            }
          });
        }
      });
      assert.equal(history.length, 18);
      assert.ok(linearizable(history, capacity), JSON.stringify(history));
    },
    { runs: RUNS, seed: 1 },
  );
});

test("cancelling, timing out, selecting and closing at random, each accepted item is received exactly once", async () => {
  await explore(
    async (seed) => {
      const random = seeded(seed);
      const capacity = Math.floor(random() * 3);
      const [ch, other] = [channel<number>(capacity), channel<number>(1)];
      const accepted = new Set<number>();
      const received: number[] = [];
      let next = 0;
      const lost = (error: unknown) => {
        if (!isHeddleError(error)) throw error;
      };
      const limits = () => {
        const roll = random();
        if (roll < 0.3) return { timeout: Math.floor(random() * 3) };
        if (roll > 0.5) return {};
        const abort = new AbortController();
        sleep(0).then(() => abort.abort(0), lost);
        return { signal: abort.signal };
      };
      const sender = async () => {
        for (let i = 0; i < 8; i++) {
          const item = ++next;
          const sent =
            random() < 0.5
              ? ch.send(item, limits()).then(() => "out")
              : select({ out: send(ch, item), other: receive(other), idle: after(2) }).then(({ key }) => key);
          await sent.then((key) => key === "out" && accepted.add(item), lost);
        }
      };
      const receiver = async () => {
        for (;;) {
          if (random() < 0.3) {
            const items = await ch.receiveMany(3, limits()).catch(lost);
            if (items?.length === 0) return;
            received.push(...(items ?? []));
          } else if (random() < 0.5) {
            const one = await select({ in: receive(ch), idle: after(1), other: send(other, 1) }).catch(lost);
            if (one?.key === "in" && one.done) return;
            if (one?.key === "in") received.push(one.value as number);
          } else {
            const one = await ch.receive(limits()).catch(lost);
            if (one?.done === true) return;
            if (one?.done === false) received.push(one.value);
          }
        }
      };
      await group(async (g) => {
        const senders = [g.spawn(sender), g.spawn(sender), g.spawn(sender)];
        g.spawn(receiver);
        g.spawn(receiver);
        const doomed = g.spawn(async () => {
          for await (const item of ch) received.push(item);
        });
        await sleep(2);
        doomed.cancel();
        for (const one of senders) await one;
        ch.close();
      });
      assert.deepEqual(
        received.toSorted((a, b) => a - b),
        [...accepted].sort((a, b) => a - b),
      );
      const { senders, receivers, size, sent } = ch.stats();
      assert.deepEqual(
        { senders, receivers, size, sent },
        { senders: 0, receivers: 0, size: 0, sent: accepted.size },
      );
    },
    { runs: RUNS, seed: 1 },
  );
});

test("close racing sends and receives leaves nobody waiting, and no accepted item unread", async () => {
  await explore(
    async (seed) => {
      const random = seeded(seed);
      const ch = channel<number>(Math.floor(random() * 3));
      let accepted = 0;
      let received = 0;
      await group(async (g) => {
        for (let s = 0; s < 3; s++) {
          g.spawn(async () => {
            for (let i = 0; i < 4; i++) {
              try {
                await ch.send(i);
                accepted += 1;
              } catch (error) {
                assert.ok(isHeddleError(error, "CHANNEL_CLOSED"));
              }
            }
          });
          g.spawn(async () => {
            for await (const _ of ch) received += 1;
          });
        }
        g.spawn(async () => {
          const rounds = Math.floor(random() * 6);
          for (let i = 0; i < rounds; i++) await sleep(0);
          ch.close();
        });
      });
      assert.equal(received, accepted);
      assert.deepEqual([ch.stats().senders, ch.stats().receivers, ch.size], [0, 0, 0]);
    },
    { runs: RUNS, seed: 1 },
  );
});

test("under the scheduler of a seed, select chooses alike each time", async () => {
  const run = (seed: number) =>
    interleave(seed, async () => {
      const [a, b] = [channel<number>(1), channel<number>(1)];
      let keys = "";
      for (let i = 0; i < 64; i++) {
        a.trySend(i);
        b.trySend(i);
        keys += (await select({ a: receive(a), b: receive(b) })).key;
      }
      return keys;
    });
  assert.equal(await run(5), await run(5));
  assert.notEqual(await run(5), await run(6));
});
