import assert from "node:assert/strict";
import { test } from "node:test";
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import fc from "fast-check";
import { unpackError } from "../../src/wire/error.js";
import { STREAM_CREDIT, type StreamCommand, type StreamMessage } from "../../src/wire/message.js";
import { streamOut } from "../../src/worker/stream.js";

/** A stream in this very thread, and its reader's end. */
class Rig {
  readonly ended: Promise<void>;
  readonly batches: (readonly unknown[])[] = [];
  readonly failures: unknown[] = [];
  readonly #port: MessagePort;

  constructor(started: () => unknown, cancelled = () => false) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.ended = streamOut("rig", started, port2, cancelled);
    this.ended.catch(() => undefined);
  }

  get items(): unknown[] {
    this.receive();
    return this.batches.flat();
  }

  receive(): void {
    for (;;) {
      const received: { message: StreamMessage } | undefined = receiveMessageOnPort(this.#port);
      if (received === undefined) return;
      if (received.message.type === "items") this.batches.push(received.message.items);
      else if (received.message.type !== "over") this.failures.push(unpackError(received.message.error));
    }
  }

  tell(command: StreamCommand): void {
    this.#port.postMessage(command);
  }

  leave(): void {
    this.#port.close();
  }
}

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((turned) => setImmediate(turned));
};

/** Waits until the stream stands still: no item was made for a few turns of the event loop. */
async function still(made: () => number): Promise<void> {
  let quiet = 0;
  for (let i = 0, last = -1; i < 1_000 && quiet < 5; i++) {
    quiet = made() === last ? quiet + 1 : 0;
    last = made();
    await turns(1);
  }
}

function endless(): { made: number; closed: number; [Symbol.iterator](): Iterator<number> } {
  return {
    made: 0,
    closed: 0,
    [Symbol.iterator]() {
      return {
        next: () => ({ done: false, value: this.made++ }),
        return: () => {
          this.closed++;
          return { done: true, value: undefined };
        },
      };
    },
  };
}

test("without credit it makes as many items as the credit it began with", async () => {
  const source = endless();
  const rig = new Rig(() => source);
  await still(() => source.made);
  assert.equal(source.made, STREAM_CREDIT);
  assert.equal(rig.items.length, STREAM_CREDIT);
  rig.tell({ type: "stop" });
  await rig.ended;
  assert.equal(source.closed, 1);
});

test("whatever credit comes when, it makes that many items more, in order, and none is kept back", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 8 }),
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
      async (credits, pause, isAsync) => {
        const source = endless();
        async function* awaited() {
          for (const item of source) {
            if (item % 7 === 0) await turns(1);
            yield item;
          }
        }
        const rig = new Rig(() => (isAsync ? awaited() : source));
        let allowed = STREAM_CREDIT;
        for (const count of credits) {
          await turns(pause);
          rig.tell({ type: "credit", count });
          allowed += count;
          assert.ok(source.made <= allowed);
        }
        await still(() => source.made);
        assert.equal(source.made, allowed);
        assert.deepEqual(
          rig.items,
          Array.from({ length: allowed }, (_, i) => i),
        );
        rig.leave();
        await rig.ended;
        assert.equal(source.closed, 1);
      },
    ),
    { numRuns: 30 },
  ));

test("quick items travel together", async () => {
  const rig = new Rig(() => Array.from({ length: 60 }, (_, i) => i));
  await rig.ended;
  assert.equal(rig.items.length, 60);
  assert.ok(rig.batches.length <= 10, `${rig.batches.length} batches`);
});

test("an item does not travel with one that blocks the thread, once it is known that some do", async () => {
  function* pairs() {
    for (let i = 0; i < 10; i += 2) {
      yield i;
      yield i + 1;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
  const rig = new Rig(pairs);
  await rig.ended;
  assert.deepEqual(
    rig.items,
    Array.from({ length: 10 }, (_, i) => i),
  );
  for (const second of [3, 5, 7]) assert.ok(!rig.batches.some((batch) => batch.indexOf(second + 1) > 0));
});

test("an item goes out alone when the next one takes its time", async () => {
  async function* slow() {
    yield 1;
    yield 2;
    await turns(20);
    yield 3;
  }
  const rig = new Rig(slow);
  await turns(5);
  assert.deepEqual(rig.items, [1, 2]);
  await rig.ended;
  assert.deepEqual(rig.items, [1, 2, 3]);
});

test("a cancel is seen between two items of a generator that never waits", async () => {
  let made = 0;
  const source = endless();
  function* never() {
    for (const item of source) {
      made++;
      yield item;
    }
  }
  const rig = new Rig(never, () => made === 10);
  await rig.ended;
  assert.equal(source.closed, 1);
  assert.equal(made, 10);
});

test("items that cannot be cloned: those before are sent, the iterator is closed, nothing follows", async () => {
  const source = endless();
  const rig = new Rig(function* () {
    for (const item of source) yield item === 20 ? () => item : item;
  });
  await rig.ended;
  assert.deepEqual(
    rig.items,
    Array.from({ length: 20 }, (_, i) => i),
  );
  assert.equal(source.closed, 1);
  assert.match(String(rig.failures[0]), /NotCloneableError: item 21 of rig/);
});

test("what the iterator throws is thrown after its items were sent", async () => {
  const rig = new Rig(function* () {
    yield 1;
    throw new RangeError("enough");
  });
  await assert.rejects(rig.ended, /enough/);
  assert.deepEqual(rig.items, [1]);
  assert.deepEqual(rig.failures, []);
});

test("what closing throws goes to the reader", async () => {
  const rig = new Rig(function* () {
    try {
      for (;;) yield 1;
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: this is what is tested
      throw new RangeError("not closed");
    }
  });
  await turns(2);
  rig.tell({ type: "stop" });
  await rig.ended;
  rig.receive();
  assert.match(String(rig.failures[0]), /not closed/);
});

test("a Buffer is sent without the memory around it", async () => {
  const rig = new Rig(() => [Buffer.from("abc")]);
  await rig.ended;
  const [bytes] = rig.items as [Uint8Array];
  assert.equal(bytes.buffer.byteLength, 3);
});

for (const value of [5, "text", null, undefined, {}]) {
  test(`${JSON.stringify(value)} cannot be streamed`, async () => {
    await assert.rejects(new Rig(() => value).ended, { code: "TASK_LOAD" });
  });
}
