import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

const src = new URL("../../src/", import.meta.url).href;

/** Runs a program and gives the reports it heard, as `kind: message`. */
async function reportsOf(body: string): Promise<readonly string[]> {
  const program = `
    import { channel } from ${JSON.stringify(`${src}channel/channel.js`)};
    import { configure, onReport } from ${JSON.stringify(`${src}group/config.js`)};
    import { group } from ${JSON.stringify(`${src}group/group.js`)};
    import { Mutex } from ${JSON.stringify(`${src}lock/index.js`)};
    configure({ reports: "on" });
    const heard = [];
    onReport(({ kind, message }) => heard.push(kind + ": " + message));
    process.on("exit", () => console.log(JSON.stringify(heard)));
    const collect = async () => {
      for (let i = 0; i < 5; i++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        gc();
      }
    };
    ${body}
  `;
  const run = promisify(execFile)(process.execPath, ["--expose-gc", "--input-type=module", "-e", program], {
    timeout: 20_000,
  });
  // Node ends with code 13 when a top-level await is never settled.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as string[];
}

test("a process that has nothing left to do tells which waits keep its groups from ending", async () => {
  const [report, ...more] = await reportsOf(`
    const orders = channel(0, { name: "orders" });
    await group((g) => {
      g.spawn(async function cook() { for await (const order of orders); }, { name: "cook" });
    });
  `);
  assert.match(report ?? "", /^deadlock: the process has nothing left to do, and one wait can never end/);
  assert.match(report ?? "", /task "cook" of group \d+ waits for channel "orders"/);
  assert.deepEqual(more, []);
});

test("a deadlock that leaves the process without work is told before the process ends", async () => {
  const reports = await reportsOf(`
    const a = new Mutex({ name: "a" });
    const b = new Mutex({ name: "b" });
    await group((g) => {
      const both = async (first, second) => {
        await first.acquire();
        await null;
        await second.acquire();
      };
      g.spawn(() => both(a, b));
      g.spawn(() => both(b, a));
    });
  `);
  assert.equal(
    reports.filter((text) => text.startsWith("deadlock: deadlock: 2 tasks wait for each other")).length,
    1,
  );
  assert.equal(reports.filter((text) => text.startsWith("deadlock")).length, 1);
});

test("a process whose groups have all ended says nothing", async () => {
  const reports = await reportsOf(`
    await group(async (g) => {
      const mutex = new Mutex();
      g.spawn(async () => (await mutex.acquire()).release());
    });
  `);
  assert.deepEqual(reports, []);
});

test("a receive from a channel that nothing can reach any more is told of", async () => {
  const [report] = await reportsOf(`
    (async function lonely() {
      await channel(1, { name: "lost" }).receive();
    })();
    await collect();
  `);
  assert.match(
    report ?? "",
    /^deadlock: a wait for channel "lost" can never end: nothing can reach channel "lost" any more/,
  );
});

test("a channel whose other end somebody still has is not told of", async () => {
  const reports = await reportsOf(`
    const kept = channel(1);
    (async () => { await kept.receive(); })();
    await collect();
    kept.close();
  `);
  assert.deepEqual(reports, []);
});

test("a guard that was dropped without being released is told of to who waits in a group", async () => {
  const [report] = await reportsOf(`
    const mutex = new Mutex({ name: "forgotten" });
    await group(async (g) => {
      await g.spawn(async () => { await mutex.acquire(); }, { name: "careless" });
      g.spawn(async () => { await mutex.acquire({ signal: AbortSignal.timeout(900) }); }, { name: "patient" });
      await collect();
    }).catch(() => {});
  `);
  assert.match(report ?? "", /dropped without being released/);
  assert.match(
    report ?? "",
    /task "patient" of group \d+ waits for mutex "forgotten", held by nobody any more/,
  );
});
