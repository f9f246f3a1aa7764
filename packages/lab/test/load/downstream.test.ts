import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { type Downstream, startDownstream } from "../../src/load/downstream.js";
import { DueQueue } from "../../src/load/due.js";
import { isRunning } from "./fixture/start.js";

/** One call after another over one socket; how many ms longer than asked each took. */
async function lateness(server: Downstream, delays: readonly number[]): Promise<number[]> {
  const socket = connect(server.port, server.host).setNoDelay().setEncoding("latin1");
  const late: number[] = [];
  for (const delay of delays) {
    const sent = performance.now();
    socket.write(`${delay}\n`);
    const [answer] = await once(socket, "data");
    assert.equal(answer, "ok\n");
    late.push(performance.now() - sent - delay);
  }
  socket.destroy();
  return late.sort((a, b) => a - b);
}

test("the delay server answers after the asked time, not before, and usually within a millisecond", async () => {
  await using server = await startDownstream();
  let median = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && median > 1; attempt++) {
    const late = await lateness(
      server,
      Array.from({ length: 60 }, (_, at) => 5 + (at % 3)),
    );
    assert.ok((late[0] ?? -1) > -0.05, `answered ${late[0]} ms early`);
    median = late[30] ?? median;
  }
  assert.ok(median <= 1, `${median} ms late`);
});

test("many sockets with different delays are all served", async () => {
  await using server = await startDownstream();
  const all = Array.from({ length: 100 }, (_, at) => lateness(server, [(at * 7) % 40, 0, 1.5]));
  assert.equal((await Promise.all(all)).flat().length, 300);
});

test("a line that is no number of milliseconds ends the connection", async () => {
  await using server = await startDownstream();
  for (const line of ["ten\n", "-1\n", "9999999\n", "x".repeat(100)]) {
    const socket = connect(server.port, server.host);
    socket.on("error", () => undefined);
    socket.write(line);
    await once(socket, "close");
  }
  assert.equal((await lateness(server, [1])).length, 1);
});

test("the delay server is gone after it was disposed of", async () => {
  const server = await startDownstream();
  await server[Symbol.asyncDispose]();
  assert.equal(isRunning(server.pid), false);
});

test("what is due comes out in order of time, and nothing before its time", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000)), fc.nat(1_000), (times, now) => {
      const queue = new DueQueue<number>();
      for (const at of times) queue.add({ at, item: at });
      const sorted = times.toSorted((a, b) => a - b);
      const early = sorted.filter((at) => at <= now);
      assert.deepEqual(
        queue.takeDue(now).map(({ at }) => at),
        early,
      );
      assert.equal(queue.next?.at, sorted[early.length]);
      assert.deepEqual(
        queue.takeDue(1_000).map(({ at }) => at),
        sorted.slice(early.length),
      );
    }),
  );
});
