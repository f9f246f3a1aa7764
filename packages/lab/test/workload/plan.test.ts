import assert from "node:assert/strict";
import { test } from "node:test";
import { planOf } from "../../src/workload/plan.js";
import { DEFAULT_PRESET, QUICK_PRESET } from "../../src/workload/preset.js";

const kinds = (request: Parameters<typeof planOf>[0]): string[] =>
  planOf(request).workloads.map((each) => each.kind);

test("a plain call measures wait, hash, and serve with and without computing, on all models", () => {
  const plan = planOf({});
  assert.deepEqual(plan.workloads, [
    DEFAULT_PRESET.wait,
    DEFAULT_PRESET.hash,
    DEFAULT_PRESET.io,
    DEFAULT_PRESET.mixed,
  ]);
  assert.equal(plan.models, null);
  assert.equal(plan.runs, 5);
  assert.equal(plan.outDir, "heddle-results");
});

test("--quick changes workloads and runs, and an option wins over it", () => {
  const plan = planOf({ quick: true, runs: 4, tasks: 50, kinds: ["hash"] });
  assert.equal(plan.preset, "quick");
  assert.equal(plan.runs, 4);
  assert.deepEqual(plan.workloads, [{ ...QUICK_PRESET.hash, tasks: 50 }]);
});

test("--workload chooses, in the order of the design and each once", () => {
  assert.deepEqual(kinds({ kinds: ["hash", "wait", "hash"] }), ["wait", "hash"]);
});

test("saying what a request does makes one serve workload of two", () => {
  const plan = planOf({ kinds: ["serve"], connections: 10_000, rate: 2_000, ioMs: 10 });
  assert.equal(plan.workloads.length, 1);
  const [serve] = plan.workloads;
  assert.deepEqual(serve, { ...DEFAULT_PRESET.io, connections: 10_000, rate: 2_000, ioMs: 10, cpuMs: 0 });
});

test("--rate alone reaches both serve workloads", () => {
  const rates = planOf({ kinds: ["serve"], rate: 300 }).workloads.map(
    (each) => each.kind === "serve" && each.rate,
  );
  assert.deepEqual(rates, [300, 300]);
});

test("a server is measured alone, and only serves", () => {
  const plan = planOf({ server: "node s.js", url: "http://127.0.0.1:3000/" });
  assert.deepEqual(plan.models, []);
  assert.deepEqual(plan.server, { command: "node s.js", url: "http://127.0.0.1:3000/", name: "server" });
  assert.deepEqual(
    plan.workloads.map((each) => each.kind === "serve" && [each.ioMs, each.cpuMs]),
    [[0, 0]],
  );
});

test("a server beside named models is asked the same workloads as they are", () => {
  const plan = planOf({ server: "node s.js", url: "http://127.0.0.1:3000/", models: ["node-event-loop"] });
  assert.deepEqual(plan.models, ["node-event-loop"]);
  assert.equal(plan.workloads.length, 4);
});

test("a sweep repeats one serve workload", () => {
  const plan = planOf({ sweepCpuMs: [0, 5, 10], connections: 50 });
  assert.deepEqual(plan.sweepCpuMs, [0, 5, 10]);
  assert.deepEqual(plan.workloads, [{ ...DEFAULT_PRESET.io, connections: 50 }]);
});

const refused = [
  ["--url without --server", { url: "http://127.0.0.1:1/" }, /--url belongs to --server/],
  ["--name without --server", { name: "mine" }, /--name belongs to --server/],
  ["--server without --url", { server: "node s.js" }, /--server needs the address/],
  ["--url that is not http", { server: "s", url: "https://127.0.0.1/" }, /--url cannot be measured/],
  [
    "--connections with hash",
    { kinds: ["hash"], connections: 5 },
    /--connections means nothing to the workload hash/,
  ],
  ["--wait with serve", { kinds: ["serve"], waitMs: 5 }, /--wait means nothing to the workload serve/],
  ["--sweep with wait", { kinds: ["wait"], sweepCpuMs: [1] }, /--sweep means nothing to the workload wait/],
  [
    "--duration with wait",
    { kinds: ["wait"], durationS: 2 },
    /--duration means nothing to the workload wait/,
  ],
  [
    "--warmup with wait and hash",
    { kinds: ["wait", "hash"], warmupS: 2 },
    /--warmup means nothing to the workload wait, hash/,
  ],
  [
    "--warmup beside a file that does not serve",
    { file: { path: "work.json", workloads: [DEFAULT_PRESET.wait] }, warmupS: 2 },
    /--warmup means nothing to the workload wait\n.*\n.*\n {2}try: {6}add a serve workload to work\.json/,
  ],
  [
    "a file beside --duration",
    { file: { path: "work.json", workloads: [DEFAULT_PRESET.io] }, durationS: 5 },
    /--duration and work\.json both say what the workload is/,
  ],
  ["--sweep with --cpu", { cpuMs: 5, sweepCpuMs: [1] }, /--cpu and --sweep both say/],
  [
    "--server asked to hash",
    { server: "s", url: "http://h/", kinds: ["hash"] },
    /--server can only be asked to serve/,
  ],
  [
    "a file beside --rate",
    { file: { path: "work.json", workloads: [DEFAULT_PRESET.io] }, rate: 5 },
    /--rate and work\.json both say what the workload is/,
  ],
  [
    "a file beside --workload",
    { file: { path: "work.json", workloads: [DEFAULT_PRESET.io] }, kinds: ["serve"] },
    /--workload and work\.json both say/,
  ],
] as const;
for (const [title, request, message] of refused) {
  test(`${title} is refused, not ignored`, () => {
    assert.throws(() => planOf(request), { code: "BAD_OPTION", message });
  });
}

test("--duration and --warmup are taken wherever something serves", () => {
  const plan = planOf({ kinds: ["wait", "serve"], durationS: 3, warmupS: 2 });
  assert.equal(plan.warmupS, 2);
  assert.deepEqual(
    plan.workloads.flatMap((each) => (each.kind === "serve" ? [each.durationS] : [])),
    [3, 3],
  );
  assert.equal(planOf({ durationS: 3 }).workloads.length, 4);
  const file = { path: "work.json", workloads: [DEFAULT_PRESET.wait, DEFAULT_PRESET.io] };
  assert.equal(planOf({ file, warmupS: 2 }).warmupS, 2);
});

test("a number out of bounds is refused with the name of its option", () => {
  assert.throws(() => planOf({ kinds: ["serve"], connections: 60_000 }), {
    message: `--connections cannot be used
  got:      60000
  expected: number to be <=50000
  try:      heddle compare --help`,
  });
});
