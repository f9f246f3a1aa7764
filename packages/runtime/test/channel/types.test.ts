import assert from "node:assert/strict";
import { test } from "node:test";
import {
  after,
  type Channel,
  channel,
  type Receiver,
  receive,
  type Sender,
  select,
  send,
} from "../../src/channel/index.js";

interface Animal {
  readonly name: string;
}
interface Cat extends Animal {
  readonly lives: number;
}

test("the wrong direction does not compile, and is not there at run time", () => {
  const ch = channel<number>(1);
  const { sender, receiver } = ch;
  // @ts-expect-error a sender does not receive
  assert.equal(sender.receive, undefined);
  // @ts-expect-error a sender does not try to receive
  assert.equal(sender.tryReceive, undefined);
  // @ts-expect-error a sender is not iterable
  assert.equal(sender[Symbol.asyncIterator], undefined);
  // @ts-expect-error a receiver does not send
  assert.equal(receiver.send, undefined);
  // @ts-expect-error a receiver does not close
  assert.equal(receiver.close, undefined);
  // @ts-expect-error a receiver is no sender
  const wrong: Sender<number> = receiver;
  // @ts-expect-error a sender is no receiver
  const other: Receiver<number> = sender;
  assert.ok(wrong && other);
});

test("the views are the two ends of the same channel", async () => {
  const ch = channel<number>(2);
  assert.equal(ch.sender, ch.sender);
  assert.equal(ch.receiver, ch.receiver);
  await ch.sender.send(1);
  assert.equal(ch.receiver.size, 1);
  assert.equal((await ch.receiver.receive()).value, 1);
  ch.sender.close();
  for await (const _ of ch.receiver) assert.fail("it is empty");
  assert.equal(ch.closed, true);
});

test("select cases are typed by direction", async () => {
  const { sender, receiver } = channel<number>(1);
  // @ts-expect-error receive() takes no sender
  const a = () => receive(sender);
  // @ts-expect-error send() takes no receiver
  const b = () => send(receiver, 1);
  // @ts-expect-error the item has the type of the channel
  const c = send(sender, "one");
  for (const never of [a, b]) assert.throws(never, { code: "BAD_OPTION" });
  assert.ok(c.enabled);
  assert.equal((await select({ out: send(sender, 1) })).key, "out");
});

test("a channel of cats is read as animals and a channel of animals takes cats, never the other way", () => {
  const cats = channel<Cat>(1);
  const animals = channel<Animal>(1);
  const read: Receiver<Animal> = cats;
  const write: Sender<Cat> = animals;
  // @ts-expect-error an animal may be no cat
  const unsafeRead: Receiver<Cat> = animals;
  // @ts-expect-error who sends animals would put dogs among the cats
  const unsafeWrite: Sender<Animal> = cats;
  // @ts-expect-error both directions at once fit only the same type
  const both: Channel<Animal> = cats;
  assert.ok(read && write && unsafeRead && unsafeWrite && both);
});

test("the result of a select is told apart by key and done", async () => {
  const [numbers, words] = [channel<number>(1), channel<string>(1)];
  await numbers.send(41);
  const r = await select({ n: receive(numbers), w: receive(words), out: send(words, "x"), idle: after(50) });
  if (r.key === "n" && !r.done) {
    const n: number = r.value;
    assert.equal(n, 41);
  } else if (r.key === "w" && !r.done) {
    const w: string = r.value;
    // @ts-expect-error a word is no number
    const n: number = r.value;
    assert.ok(w && n);
  } else if (r.key === "idle" || r.key === "out") {
    const nothing: undefined = r.value;
    assert.equal(nothing, undefined);
  }
  // @ts-expect-error no case has this name
  assert.ok(r.key !== "other");
  // @ts-expect-error there is no default without the option
  assert.ok(r.key !== "default");
  const d = await select({ n: receive(numbers) }, { default: true });
  if (d.key === "default") assert.equal(d.value, undefined);
  // @ts-expect-error "default" is reserved
  await assert.rejects(select({ default: receive(numbers) }), { code: "BAD_OPTION" });
});

test("send takes the type of the channel", () => {
  const ch = channel<number>(1);
  // @ts-expect-error no string goes into a channel of numbers
  ch.trySend("one");
  // @ts-expect-error a capacity is needed
  assert.throws(() => channel());
});
