import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { compare } from "../../src/compare/compare.js";
import type { Cell, CompareResult } from "../../src/result/schema.js";
import { compareResult } from "../../src/result/schema.js";
import { planFor } from "./plan.js";

const cellOf = (result: CompareResult, model: string): Cell => {
  const cell = result.cells.find((one) => one.model === model);
  assert.ok(cell, `no cell for ${model}`);
  return cell;
};

/** The faulty model beside an honest one, which must survive it. */
async function beside(faulty: string, more: Parameters<typeof planFor>[1] = {}): Promise<Cell> {
  const result = compareResult.parse(await compare(planFor([faulty, "honest"], more)));
  const honest = cellOf(result, "honest").void ?? "";
  // on a busy box the generator may void a cell of its own; the server beside must not be the reason
  assert.match(honest, /^(generator|arrivals|$)/, "the honest model beside it survives");
  const cell = cellOf(result, faulty);
  if (cell.void !== null) {
    assert.equal(cell.latencyMs, null, "a void cell shows no number");
    assert.equal(cell.throughputPerS, null);
    assert.deepEqual(cell.histograms, []);
  }
  return cell;
}

test("a model that exits before it is ready is void with its exit code and last words, made harmless", async () => {
  const cell = await beside("crashes-at-start");
  assert.equal(cell.void, "ended with code 3: cannot open <img src=x onerror=alert(1)>  [31mdevice");
});

test("a model that dies at work is void with the signal", async () => {
  assert.equal((await beside("crashes-at-work")).void, "ended by SIGKILL");
});

test("a model that prints garbage is void and says what it printed", async () => {
  assert.equal((await beside("garbage")).void, "printed a line that is not JSON: Hello, I am starting up!");
});

test("a model that never gets ready is void after the time given, and is killed although it ignores SIGTERM", async () => {
  assert.equal((await beside("never-ready", { readyMs: 1_000 })).void, 'gave no "ready" within 1 s');
});

test("a model that leaves a child behind is void, and its port is free again", async () => {
  process.env["LEAK_PORT"] = "21871";
  const cell = await beside("leaves-a-child");
  delete process.env["LEAK_PORT"];
  assert.match(cell.void ?? "", /^left 1 process behind/);
  await assert.rejects(reach(21_871), /ECONNREFUSED/);
});

test("a model that answers too few latencies is void", async () => {
  assert.equal((await beside("wrong-count")).void, "answered 1 latencies for 20 tasks");
});

test("a model that computes another hash is void", async () => {
  const cell = await beside("wrong-hash", { workloads: [{ kind: "hash", tasks: 5, bytes: 1_000 }] });
  assert.equal(cell.void, "computed a wrong SHA-256: 00");
});

test("a result of another shape is void and names the field", async () => {
  assert.match(
    (await beside("wrong-field")).void ?? "",
    /^its "result.latencyMs" is not what docs\/models.md asks: .*expected array/,
  );
});

test("a model that does not wait as long as asked is void", async () => {
  assert.equal((await beside("impatient")).void, "a task waited 2.00 ms instead of 10");
});

test("a program that prints ready and one result and exits is measured", async () => {
  const cell = await beside("one-shot");
  assert.equal(cell.void, null);
  assert.equal(cell.runs, 2);
  assert.ok(Math.abs((cell.latencyMs?.p50 ?? 0) - 10.5) < 0.1);
});

const serving = { kind: "serve", connections: 5, rate: 100, ioMs: 2, cpuMs: 0, durationS: 1 } as const;
const serveWorkload = { ...serving, arrivals: "poisson", downstream: false } as const;

test("a server that resets connections is void and its failures are counted", async () => {
  const cell = await beside("resets", { workloads: [serveWorkload], runs: 1 });
  assert.notEqual(cell.void, null);
  assert.ok(cell.errors.connect + cell.errors.response > 0);
});

test("a server that cannot keep up is void, saying what was asked and achieved", async () => {
  const cell = await beside("slow-server", { workloads: [serveWorkload], runs: 1 });
  assert.match(cell.void ?? "", /^saturated: .*100/);
});

test("a server that never gets ready is void", async () => {
  const cell = await beside("never-ready", { workloads: [serveWorkload], runs: 1, readyMs: 1_000 });
  assert.equal(cell.void, 'gave no "ready" within 1 s');
});

async function reach(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
}
