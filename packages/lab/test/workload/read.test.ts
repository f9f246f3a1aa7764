import assert from "node:assert/strict";
import { test } from "node:test";
import { readWorkloads, workloadsIn } from "../../src/workload/read.js";

test("a file may hold one workload, and defaults are filled in", () => {
  assert.deepEqual(workloadsIn({ kind: "wait" }, "w.json"), [{ kind: "wait", tasks: 1_000, waitMs: 10 }]);
});

test("a file may hold several workloads, and name its schema for editors", () => {
  const found = workloadsIn(
    { $schema: "workload.schema.json", workloads: [{ kind: "hash", tasks: 5 }, { kind: "wait" }] },
    "w",
  );
  assert.deepEqual(
    found.map((each) => each.kind),
    ["hash", "wait"],
  );
});

const bad: readonly (readonly [title: string, value: unknown, message: string])[] = [
  [
    "an unknown field is named, with the nearest known one",
    { workloads: [{ kind: "wait" }, { kind: "serve", conections: 5 }] },
    `w.json has an unknown field "workloads[1].conections"
  expected: one of kind, connections, rate, ioMs, cpuMs, durationS, arrivals, downstream
  try:      did you mean "connections"?`,
  ],
  [
    "a field of the wrong type is named with what it got and expected",
    { kind: "serve", rate: "fast" },
    `w.json has a bad field "rate"
  got:      "fast"
  expected: number
  try:      see docs/compare.md, or packages/lab/schema/workload.schema.json`,
  ],
  [
    "a field out of bounds is named",
    { kind: "wait", tasks: 0 },
    `w.json has a bad field "tasks"
  got:      0
  expected: number to be >=1
  try:      see docs/compare.md, or packages/lab/schema/workload.schema.json`,
  ],
  [
    "a value that is none of a few is told which they are",
    { kind: "serve", arrivals: "random" },
    `w.json has a bad field "arrivals"
  got:      "random"
  expected: one of "poisson", "constant", "bursty"
  try:      see docs/compare.md, or packages/lab/schema/workload.schema.json`,
  ],
  [
    "an unknown kind is told which there are",
    { kind: "sort" },
    `w.json has a bad field "kind"
  got:      "sort"
  expected: "wait", "hash" or "serve"
  try:      see docs/compare.md, or packages/lab/schema/workload.schema.json`,
  ],
  [
    "an empty list is no work",
    { workloads: [] },
    `w.json has a bad field "workloads"
  got:      []
  expected: an array of 1 to 64 workloads
  try:      see docs/compare.md, or packages/lab/schema/workload.schema.json`,
  ],
];
for (const [title, value, message] of bad) {
  test(title, () => {
    assert.throws(() => workloadsIn(value, "w.json"), { code: "BAD_WORKLOAD", message });
  });
}

for (const value of [null, [], "wait", 5, { workloads: [5] }, { workloads: {}, kind: "wait" }]) {
  test(`${JSON.stringify(value)} is refused as a workload file`, () => {
    assert.throws(() => workloadsIn(value, "w.json"), { code: "BAD_WORKLOAD" });
  });
}

test("a workload file that is not there is the caller's mistake", async () => {
  await assert.rejects(readWorkloads("/nowhere/work.json"), { code: "BAD_FILE", message: /got: {6}ENOENT/ });
});
