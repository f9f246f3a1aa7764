import assert from "node:assert/strict";
import { test } from "node:test";
import { after, receive } from "../../src/channel/cases.js";
import { channel } from "../../src/channel/channel.js";
import { ChannelCore } from "../../src/channel/core.js";
import { select } from "../../src/channel/select.js";
import type { SelectResource } from "../../src/channel/select-waiter.js";
import { group } from "../../src/group/group.js";
import { setWaitObserver, type WaitRecord } from "../../src/group/wait.js";

test("an observer sees who waits for which channel, and who has used it", async () => {
  const begun: [WaitRecord, unknown][] = [];
  let ended = 0;
  setWaitObserver({
    begin: (waiter, resource) => void begun.push([waiter, resource]),
    end: () => {
      ended += 1;
    },
  });
  try {
    const ch = channel<number>(0, { name: "seen" });
    await group(async (g) => {
      const reader = g.spawn(() => ch.receive(), { name: "reader" });
      const writer = g.spawn(() => ch.send(1), { name: "writer" });
      await reader;
      await writer;
      const [waiter, core] = begun[0] ?? assert.fail();
      assert.equal(waiter.owner?.task.name, "reader");
      assert.ok(core instanceof ChannelCore);
      assert.equal(core.label, 'channel "seen"');
      assert.equal(core.parties.send?.outside, false);
      assert.equal(ch.tryReceive(), undefined);
      g.spawn(
        async () => {
          ch.tryReceive();
          assert.deepEqual(
            core.parties.receive?.tasks().map(({ name }) => name),
            [g.name, "prober"],
          );
        },
        { name: "prober" },
      );
    });
    assert.equal(ended, begun.length);
    ch.tryReceive();
    const core = begun[0]?.[1] as ChannelCore<number>;
    assert.equal(core.parties.receive?.outside, true);
    assert.deepEqual(core.parties.send?.tasks(), []);
  } finally {
    setWaitObserver(undefined);
  }
});

test("the resource of a select names all it waits for", async () => {
  const resources: unknown[] = [];
  setWaitObserver({ begin: (_, resource) => void resources.push(resource), end: () => {} });
  try {
    const ch = channel<number>(0);
    await select({ in: receive(ch), off: receive<number>(undefined), idle: after(1) });
  } finally {
    setWaitObserver(undefined);
  }
  const [core, timer, ...more] = (resources[0] as SelectResource).resources;
  assert.ok(core instanceof ChannelCore);
  assert.equal(timer, "timer");
  assert.deepEqual(more, []);
});
