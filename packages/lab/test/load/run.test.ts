import assert from "node:assert/strict";
import { test } from "node:test";
import { ownCpuMs } from "../../src/cell/window.js";
import { judgeLoad } from "../../src/load/judge.js";
import { runLoad } from "../../src/load/run.js";
import { type Noise, watchNoise } from "../../src/machine/noise.js";
import { LatencyHistogram } from "../../src/statistics/histogram.js";
import { childrenOf, eventually, planFor, startServer } from "./fixture/start.js";

const LINUX = { skip: process.platform === "linux" ? false : "reads /proc, which only Linux has" };

/** Quantiles compared, in the order in which they are printed. */
const COMPARED = [0.5, 0.99];
const ATTEMPTS = 10;

const isDisturbed = ({ stealShare, foreignShare }: Noise): boolean =>
  (stealShare ?? 0) > 0.002 || (foreignShare ?? 0) > 0.05;

/**
 * A busy neighbour delays the way between server and generator, which neither can see, and can only add: the best of a
 * few attempts is what the generator can do, and a wrong generator is wrong in all of them. Attempts in which the
 * generator was held up, or others took the CPU, do not count, as for a user.
 */
for (const [name, delays] of [
  ["a constant delay of 10 ms", { delayMs: 10 }],
  ["10 ms with 1.5 % of 200 ms", { delayMs: 10, slowEvery: 66, slowMs: 200 }],
] as const) {
  test(`${name} is recovered within 1 ms at p50 and p99`, async (t) => {
    await using server = await startServer(delays);
    // the compilers of a fresh process are quiet after a second or so, and nothing else is tested here
    const plan = planFor(server.port, { ratePerS: 400, arrivals: "constant", nice: -20, warmupS: 1.5 });
    const off: number[] = [];
    for (let attempt = 0; attempt < ATTEMPTS && !off.some((ms) => ms <= 1); attempt++) {
      const box = watchNoise(ownCpuMs);
      const result = await runLoad(plan, { onWindowStart: () => server.zero() });
      const disturbed = isDisturbed(await box.stop());
      assert.deepEqual(result.errors, { connect: 0, response: 0, timeout: 0 });
      assert.equal(result.asked, 800);
      const stamped = await server.stamps();
      const seen = LatencyHistogram.decode(result.latency);
      assert.ok(seen.quantile(0.5) >= 9.9 && (!("slowMs" in delays) || seen.quantile(0.99) >= 199));
      const apart = COMPARED.map((q) => seen.quantile(q) - stamped.quantile(q));
      const reason = judgeLoad(plan, result);
      t.diagnostic(
        `p50 and p99 are off by ${apart.map((ms) => ms.toFixed(2)).join(" and ")} ms; ${reason ?? (disturbed ? "disturbed" : "valid")}`,
      );
      if (reason === null && !disturbed) off.push(Math.max(...apart.map(Math.abs)));
    }
    if (off.length === 0) t.skip(`this box is too busy: all ${ATTEMPTS} attempts were disturbed`);
    else
      assert.ok(
        off.some((ms) => ms <= 1),
        `${off} ms off`,
      );
  });
}

test(
  "a server stopped for 1.4 s is shown as its users felt it, and the raw figures hide it",
  LINUX,
  async () => {
    await using server = await startServer({ delayMs: 10 });
    let timers: NodeJS.Timeout[] = [];
    const plan = planFor(server.port, { connections: 10, ratePerS: 400, warmupS: 1, durationS: 5 });
    const result = await runLoad(plan, {
      onWindowStart() {
        timers = [
          setTimeout(() => process.kill(server.pid, "SIGSTOP"), 1_000),
          setTimeout(() => process.kill(server.pid, "SIGCONT"), 2_400),
        ];
      },
    });
    for (const timer of timers) clearTimeout(timer);
    const felt = LatencyHistogram.decode(result.latency);
    const raw = LatencyHistogram.decode(result.rawLatency);
    assert.ok(felt.quantile(0.99) > 1_150 && felt.quantile(0.99) < 2_500, `felt p99 ${felt.quantile(0.99)}`);
    assert.ok(felt.quantile(1) >= 1_350, `felt max ${felt.quantile(1)}`);
    assert.ok(raw.quantile(0.99) < 500, `raw p99 ${raw.quantile(0.99)}`);
    assert.equal(felt.count, result.asked);
    assert.doesNotMatch(judgeLoad(plan, result) ?? "", /^saturated|^responses|^connections/);
  },
);

test("a server that resets connections has its errors counted and the run void", async () => {
  await using server = await startServer({ delayMs: 1, resetEvery: 20 });
  const plan = planFor(server.port);
  const result = await runLoad(plan);
  assert.ok(result.errors.response >= 10, `${result.errors.response} errors`);
  assert.equal(result.connected, 50);
  assert.match(judgeLoad(plan, result) ?? "", /^responses: of \d+ requests \d+ failed: ECONNRESET/);
});

test("another status and another body are failures", async () => {
  await using busy = await startServer({ status: "503 Busy" });
  const refused = await runLoad(planFor(busy.port, { durationS: 0.5 }));
  assert.match(judgeLoad(planFor(1), refused) ?? "", /^responses: .*status 503/);
  assert.equal(refused.answered, 0);
  await using other = await startServer({ body: "no\n" });
  const wrong = await runLoad(planFor(other.port, { durationS: 0.5 }));
  assert.match(judgeLoad(planFor(1), wrong) ?? "", /^responses: .*another body than expected/);
});

test("fewer connections than asked make the run void", async () => {
  await using server = await startServer({ accept: 30 });
  const plan = planFor(server.port, { durationS: 0.5 });
  const result = await runLoad(plan);
  assert.match(judgeLoad(plan, result) ?? "", /^connections: \d+ of 50 held; the server closed the others/);
});

test("a port on which nobody listens gives a void run with the reason, and soon", async () => {
  const server = await startServer({});
  await server[Symbol.asyncDispose]();
  const plan = planFor(server.port);
  const result = await runLoad(plan);
  assert.equal(result.connected, 0);
  assert.match(judgeLoad(plan, result) ?? "", /^connections: 0 of 50 held: ECONNREFUSED/);
});

test("a server that cannot keep up is called saturated, with asked and achieved rate", async () => {
  await using server = await startServer({ spinMs: 5 });
  const plan = planFor(server.port, { ratePerS: 600, durationS: 3 });
  const result = await runLoad(plan);
  assert.match(judgeLoad(plan, result) ?? "", /^saturated: asked [56]\d\d\/s, achieved 1?\d\d\/s/);
  assert.ok(result.localQueueMax > 100, `${result.localQueueMax} waited`);
});

test("requests that are never answered time out and are counted", async () => {
  await using server = await startServer({ slowEvery: 25, slowMs: 60_000 });
  const plan = planFor(server.port, { timeoutMs: 300 });
  const result = await runLoad(plan);
  assert.ok(result.errors.timeout >= 8, `${result.errors.timeout} timeouts`);
  assert.match(judgeLoad(plan, result) ?? "", /^responses: .*timed out after 300 ms/);
});

test("a generator that was held up is named as the reason, and not the server", LINUX, async () => {
  await using server = await startServer({ delayMs: 5 });
  const plan = planFor(server.port);
  const result = await runLoad(plan, {
    onWindowStart() {
      const generator = childrenOf(process.pid).find((pid) => pid !== server.pid);
      assert.ok(generator !== undefined);
      process.kill(generator, "SIGSTOP");
      setTimeout(() => process.kill(generator, "SIGCONT"), 400);
    },
  });
  assert.match(judgeLoad(plan, result) ?? "", /^generator: /);
});

test("what is sampled, arrives and takes its time obeys Little's law", async () => {
  await using server = await startServer({ delayMs: 20 });
  const result = await runLoad(planFor(server.port, { ratePerS: 400, durationS: 3 }));
  const latency = LatencyHistogram.decode(result.latency);
  const product = (result.asked / result.windowS) * (latency.quantiles().mean / 1_000);
  assert.ok(Math.abs(result.meanInFlight / product - 1) < 0.05, `${result.meanInFlight} against ${product}`);
  assert.equal(
    result.asked + result.outstandingAtStart - result.outstandingAtEnd,
    result.answered,
    "every request that came is answered or outstanding",
  );
  assert.equal(
    result.perSecond.reduce((sum, { count }) => sum + count, 0),
    latency.count,
  );
});

test("the load waits for the host before it begins", async () => {
  await using server = await startServer({});
  const calls: string[] = [];
  await runLoad(planFor(server.port, { warmupS: 0, durationS: 0.3 }), {
    async onConnected() {
      calls.push("connected");
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.equal((await server.stamps()).count, 0);
    },
    onWindowStart: () => calls.push("start"),
    onWindowEnd: () => calls.push("end"),
  });
  assert.deepEqual(calls, ["connected", "start", "end"]);
});

test("an aborted load rejects with the reason and leaves no process", LINUX, async () => {
  await using server = await startServer({});
  const controller = new AbortController();
  const reason = new Error("enough");
  const load = runLoad(planFor(server.port, { durationS: 60 }), {
    signal: controller.signal,
    onWindowStart: () => controller.abort(reason),
  });
  await assert.rejects(load, (error) => error === reason);
  const gone = await eventually(() => childrenOf(process.pid).every((pid) => pid === server.pid));
  assert.ok(gone, "the generator still runs");
});
