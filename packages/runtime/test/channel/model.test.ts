import assert from "node:assert/strict";
import { test } from "node:test";
import { receive, send } from "../../src/channel/cases.js";
import { setChance } from "../../src/channel/chance.js";
import { channel } from "../../src/channel/channel.js";
import { select } from "../../src/channel/select.js";
import { isHeddleError } from "../../src/error/base.js";
import { seeded } from "../../src/testing/random.js";
import { Model, type SelectStep, type Step } from "./model.js";
import { settle } from "./support.js";

const RUNS = 400;
const STEPS = 60;
const boom = new Error("boom");

/** Runs random operations on real channels and on the model, and compares how each one ended, and the state after each step. */
async function compare(seed: number): Promise<void> {
  const random = seeded(seed);
  setChance(random);
  const below = (n: number) => Math.floor(random() * n);
  const capacities = [below(2), below(4)];
  const model = new Model(capacities);
  const real = capacities.map((capacity) => channel<number>(capacity));
  const at = (index: number) => real[index] ?? assert.fail();
  const ended = new Map<number, string>();
  const aborts = new Map<number, AbortController>();
  const log: string[] = [];

  const follow = (op: number, promise: Promise<unknown>, show: (value: unknown) => string) => {
    promise.then(
      (value) => ended.set(op, show(value)),
      (error: unknown) => {
        const code = isHeddleError(error) ? error.code : undefined;
        const names: Record<string, string> = { CANCELLED: "cancelled", CHANNEL_CLOSED: "closed" };
        ended.set(op, error === boom ? "boom" : (names[code ?? ""] ?? String(error)));
      },
    );
  };
  const result = (value: unknown) => {
    const { value: item, done } = value as IteratorResult<number>;
    return done === true ? "done" : `item ${item}`;
  };

  for (let op = 0; op < STEPS; op++) {
    const step = randomStep(op, below, random);
    log.push(JSON.stringify({ op, ...step }));
    const abort = new AbortController();
    const { signal } = abort;
    aborts.set(op, abort);
    switch (step.do) {
      case "send":
        model.send(op, step.to, step.item);
        follow(op, at(step.to).send(step.item, { signal }), () => "sent");
        break;
      case "receive":
        model.receive(op, step.from);
        follow(op, at(step.from).receive({ signal }), result);
        break;
      case "many":
        model.receive(op, step.from, step.max);
        follow(op, at(step.from).receiveMany(step.max, { signal }), (items) => `items ${items}`);
        break;
      case "select": {
        const choosable = model.ready(step.cases);
        const before = real.map((ch) => ch.stats());
        const cases = Object.fromEntries(
          step.cases.map((one) => [
            one.key,
            "send" in one ? send(at(one.send), one.item) : receive(at(one.receive)),
          ]),
        );
        const chosen = select(cases, { signal });
        follow(op, chosen, (value) => {
          const { key, done, value: item } = value as { key: string; done?: boolean; value: unknown };
          return done === undefined ? `${key} sent` : done ? `${key} done` : `${key} item ${item}`;
        });
        if (choosable.length === 0) {
          model.park(op, step.cases);
        } else {
          // What it did shows at once in what it did to the channels, or after its turn in the result.
          await settle();
          const told =
            ended.get(op) ?? assert.fail(`select ${op} waits although ${choosable} can happen, ${before}`);
          const key = step.cases.find((one) => told.startsWith(`${one.key} `))?.key;
          const one =
            step.cases.find((each) => each.key === key) ??
            step.cases.find((each) => choosable.includes(each.key) && wouldReject(model, each, told));
          assert.ok(
            one !== undefined && choosable.includes(one.key),
            `select ${op} did ${told}, ready: ${choosable}`,
          );
          model.choose(op, one);
        }
        break;
      }
      case "trySend": {
        const expected = model.tryPut(step.to, step.item);
        if (expected === "closed")
          assert.throws(() => at(step.to).trySend(step.item), { code: "CHANNEL_CLOSED" });
        else assert.equal(at(step.to).trySend(step.item), expected === "sent");
        break;
      }
      case "tryReceive": {
        const item = model.pull(step.from);
        const { closed } = model.at(step.from);
        if (item !== undefined) assert.deepEqual(at(step.from).tryReceive(), { value: item, done: false });
        else if (closed === "error") assert.throws(() => at(step.from).tryReceive(), boom);
        else if (closed === "plain") assert.equal(at(step.from).tryReceive()?.done, true);
        else assert.equal(at(step.from).tryReceive(), undefined);
        break;
      }
      case "cancel":
        model.cancel(step.op);
        aborts.get(step.op)?.abort(0);
        break;
      case "close":
        model.close(step.which, step.error);
        at(step.which).close(step.error ? boom : undefined);
    }
    for (const [index, ch] of model.channels.entries()) {
      const { size, senders, receivers, closed } = at(index).stats();
      const expected = [ch.buffer.length, ch.senders.length, ch.receivers.length, ch.closed !== false];
      assert.deepEqual(
        [size, senders, receivers, closed],
        expected,
        `channel ${index} after\n${log.join("\n")}`,
      );
    }
    if (random() < 0.3) await settle();
  }
  await settle();
  const byOp = (outcomes: Map<number, string>) => [...outcomes].sort(([a], [b]) => a - b);
  assert.deepEqual(byOp(ended), byOp(model.outcomes), log.join("\n"));
  for (const abort of aborts.values()) abort.abort(0);
}

function wouldReject(model: Model, one: SelectStep, told: string): boolean {
  if ("send" in one) return told === "closed" && model.at(one.send).closed !== false;
  return (
    told === "boom" && model.at(one.receive).closed === "error" && model.at(one.receive).buffer.length === 0
  );
}

function randomStep(op: number, below: (n: number) => number, random: () => number): Step {
  const which = below(2);
  const roll = random();
  if (roll < 0.22) return { do: "send", to: which, item: op };
  if (roll < 0.4) return { do: "receive", from: which };
  if (roll < 0.48) return { do: "many", from: which, max: 1 + below(3) };
  if (roll < 0.7) {
    const cases = Array.from({ length: 1 + below(3) }, (_, i): SelectStep => {
      const key = `k${i}`;
      return random() < 0.5 ? { key, send: below(2), item: op * 10 + i } : { key, receive: below(2) };
    });
    return { do: "select", cases };
  }
  if (roll < 0.77) return { do: "trySend", to: which, item: op };
  if (roll < 0.84) return { do: "tryReceive", from: which };
  if (roll < 0.985) return { do: "cancel", op: below(op + 1) };
  return { do: "close", which, error: random() < 0.5 };
}

test("random operations on two channels end as a simple model says", async () => {
  try {
    for (let seed = 1; seed <= RUNS; seed++) {
      await compare(seed).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
    }
  } finally {
    setChance();
  }
});
