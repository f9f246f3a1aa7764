import assert from "node:assert/strict";
import { it } from "node:test";
import { readySchema, type ServeResult, serveResultSchema } from "../../src/program/answer.js";
import { Client, type Reply } from "./_client.js";
import { openDownstream } from "./_downstream.js";
import { expectedBody } from "./_expected.js";
import { assertPlausibleUsage, EARLY_MS } from "./_plausible.js";
import type { TestedProgram } from "./_program.js";
import { answered, type Start, withProgram } from "./_start.js";

const ROUNDS = 1_000;
const IO_MS = 10;
const TIMES = 3;

export function serveCases(start: Start, connections: number): void {
  const serve = {
    kind: "serve",
    host: "127.0.0.1",
    port: 0,
    ioMs: IO_MS,
    cpuMs: 0,
    cpuRounds: 0,
    backlog: 4096,
    downstream: null,
  };

  it("waits, computes and answers on many kept connections, and counts between go and stop", async () => {
    await withProgram(await start({ ...serve, cpuRounds: ROUNDS, cpuMs: 1 }), async (program) => {
      const port = await listening(program);
      await withClients(port, connections, async (clients) => {
        for (const reply of await requests(clients, TIMES)) assertReply(reply, ROUNDS);
        const asked = connections * TIMES;
        assert.equal((await measured(program, () => requests(clients, TIMES))).requests, asked);
        const [first] = clients;
        assert.ok(first);
        const again = await measured(program, () => requests([first], TIMES));
        assert.equal(again.requests, TIMES, "a second go begins at zero");
        // Idle connections must not keep it alive.
        program.endInput();
        assert.equal((await program.ended()).code, 0);
      });
    });
  });

  it("answers requests without work, those that come in pieces, and ends on SIGTERM", async () => {
    await withProgram(await start({ ...serve, ioMs: 0 }), async (program) => {
      const port = await listening(program);
      await withClients(port, 1, async ([client]) => {
        assert.ok(client);
        for (let i = 0; i < 20; i++) assertReply(await client.get(), 0, 0);
        const pieces = ["GET / HT", "TP/1.1\r\nHost: localhost\r", "\nAccept: */*\r\n\r", "\n"];
        assertReply(await client.get(...pieces), 0, 0);
        assertReply(await client.get(), 0, 0);
        program.terminate();
        await program.ended();
      });
    });
  });

  it("calls the downstream over pooled sockets, one call at a time on each", async () => {
    await using downstream = await openDownstream();
    const address = { host: "127.0.0.1", port: downstream.port };
    await withProgram(await start({ ...serve, downstream: address }), async (program) => {
      const port = await listening(program);
      await withClients(port, connections, async (clients) => {
        for (const reply of await requests(clients, TIMES)) assertReply(reply, 0);
        // A new window keeps the sockets of the pool.
        await measured(program, () => requests(clients, TIMES));
      });
      assert.equal(downstream.calls, 2 * connections * TIMES);
      assert.ok(
        downstream.sockets <= connections,
        `${downstream.sockets} sockets for ${connections} at once`,
      );
      assert.equal(downstream.overlaps, 0, "a second call on a socket before the first was answered");
      assert.deepEqual([...downstream.asked], [`${IO_MS}`]);
    });
  });
}

async function listening(program: TestedProgram): Promise<number> {
  const { port } = readySchema.parse(await answered(program, "ready"));
  assert.ok(port !== undefined, "ready without a port");
  return port;
}

async function withClients(
  port: number,
  count: number,
  body: (clients: readonly Client[]) => Promise<void>,
): Promise<void> {
  const clients = await Promise.all(Array.from({ length: count }, () => Client.open(port)));
  try {
    await body(clients);
  } finally {
    for (const client of clients) client.close();
  }
}

/** Every client asks `times` times, one after another; all clients at once. */
async function requests(clients: readonly Client[], times: number): Promise<Reply[]> {
  const all = clients.map(async (client) => {
    const replies: Reply[] = [];
    for (let i = 0; i < times; i++) replies.push(await client.get());
    return replies;
  });
  return (await Promise.all(all)).flat();
}

async function measured(program: TestedProgram, work: () => Promise<unknown>): Promise<ServeResult> {
  const began = performance.now();
  program.say("go");
  // go is not answered: what shows that it was obeyed is that the lab leaves it a moment.
  await new Promise((resolve) => setTimeout(resolve, 200));
  await work();
  program.say("stop");
  const result = serveResultSchema.parse(await answered(program, "result"));
  assertPlausibleUsage(result.usage, performance.now() - began);
  return result;
}

function assertReply(reply: Reply, rounds: number, ioMs = IO_MS): void {
  assert.equal(reply.status, 200);
  assert.match(reply.headers.get("content-type") ?? "", /^text\/plain/);
  assert.equal(reply.headers.get("content-length"), "13");
  assert.equal(reply.body, expectedBody(rounds));
  assert.ok(reply.tookMs >= ioMs - EARLY_MS, `answered after ${reply.tookMs} ms, asked to wait ${ioMs} ms`);
}
