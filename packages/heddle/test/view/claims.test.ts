import assert from "node:assert/strict";
import { test } from "node:test";
import { type Claim, type ClaimResult, type ClaimsResult, claimsArticle } from "@heddle/claims";
import { renderClaims } from "@heddle/report";
import { claimText } from "../../src/view/claim.js";
import { claimsProgress, verdictsText } from "../../src/view/claims.js";
import { PLAIN } from "../../src/view/paint.js";

const claim: ClaimResult = {
  id: "threads-memory",
  topic: "memory",
  claim: "10,000 threads take 10 GB.",
  source: "A text",
  verdict: "refuted",
  why: "a parked thread takes 36 KB",
  on: null,
  numbers: { mb: 0.0353 },
  effect: { name: "memory of a thread", value: 36.28, unit: "KB", interval: [36.2, 36.4] },
  runs: 3,
  perRun: [],
  failures: [],
  experiment: "We park them.",
  rule: "Under a tenth is refuted.",
  practice: "Bound them.",
  where: null,
  picture: null,
  tookS: 3,
};

const result: ClaimsResult = {
  schema: "heddle.claims/1",
  heddle: "0.1.0",
  createdAt: "2026-11-21T00:00:00.000Z",
  tookS: 190,
  seed: 1,
  preset: "default",
  partial: null,
  machine: {
    cpu: "A CPU",
    cores: 2,
    memoryMb: 24_000,
    os: "An OS",
    kernel: "6.18",
    node: "v20",
    virtualization: null,
    limits: { openFiles: null, processes: null, ports: null, backlog: null },
  },
  runtimes: { node: "20.20.2" },
  claims: [
    claim,
    { ...claim, id: "hash", verdict: "depends", on: "the size", effect: null, why: "it does" },
    {
      ...claim,
      id: "java",
      verdict: "not-testable",
      effect: null,
      why: "no JDK",
      where: "apt-get install jdk",
      runs: 0,
    },
  ],
};

test("every verdict comes with its claim, its reason and its numbers, and the tally ends the list", () => {
  assert.equal(
    verdictsText(result, 100, PLAIN),
    `Measured on A CPU, 2 cores, An OS; seed 1, took 3 min 10 s.

refuted  threads-memory
  "10,000 threads take 10 GB."
  A parked thread takes 36 KB.
  36.3 KB (95 % interval 36.2 to 36.4, 3 runs): memory of a thread

depends on the size  hash
  "10,000 threads take 10 GB."
  It does.

not testable  java
  "10,000 threads take 10 GB."
  No JDK.
  To decide it: apt-get install jdk

1 of 3 claims about concurrency does not hold on this machine: 1 refuted, 1 depends, 1 not testable.`,
  );
});

test("a figure, a spread and the result are worded alike in the article, on the page and on a terminal", () => {
  const page = renderClaims(result).replace(/<script[\s\S]*?<\/script>|<[^>]*>/gu, " ");
  for (const text of [claimsArticle(result), page, verdictsText(result, 200, PLAIN)]) {
    for (const said of [
      "36.3 KB",
      "95 % interval 36.2 to 36.4, 3 runs",
      "memory of a thread",
      "A parked thread takes 36",
      "To decide it:",
      "1 of 3 claims about concurrency does not hold on this machine",
    ])
      assert.ok(text.includes(said), `${said} in:\n${text}`);
  }
});

test("a result that is not whole, or a quick one, says so before its verdicts", () => {
  const text = verdictsText({ ...result, partial: "stopped by SIGINT", preset: "quick" }, 200, PLAIN);
  assert.match(
    text,
    /\n\nThis result is not whole: stopped by SIGINT\.\n\nA quick look: small sizes .* without --quick\.\n\nrefuted/,
  );
});

test("text from programs cannot drive the terminal", () => {
  const hostile = { ...result, claims: [{ ...claim, why: "\u001b[2Jgone" }] };
  assert.ok(!verdictsText(hostile, 100, PLAIN).includes("\u001b"));
});

test("progress names the claim, how many measurements are done and the time left", () => {
  assert.equal(
    claimsProgress({ type: "measuring", id: "hash", done: 5, total: 20, leftS: 95 }),
    "[#####...............] 5/20 hash, 1 min 35 s left",
  );
  assert.equal(claimsProgress({ type: "building", id: "hash", file: "hash.go" }), "building hash.go of hash");
});

test("a claim that was measured is shown within the width, its numbers in columns", () => {
  const own = {
    ...claim,
    why: "a parked thread takes 36 KB where the claim says that it takes a whole MB",
    numbers: { mb: 0.0353, bySteps: Array.from({ length: 12 }, (_, at) => at + 0.5) },
    failures: ["python: timed out"],
  };
  const { id, topic, source, practice } = claim;
  const definition: Claim = {
    ...{ id, topic, source, practice, claim: claim.claim },
    experiment: "We park them.",
    rule: "Under a tenth is refuted.",
    programs: [],
    seconds: { full: 1, quick: 1 },
    measure: async () => ({}),
    decide: () => assert.fail(),
  };
  const text = claimText({ found: { claim: definition, dir: "" }, code: [], last: own }, 50, PLAIN);
  const [, measured = ""] = /Measured here\n([\s\S]*)\n\nIn practice/.exec(text) ?? [];
  assert.equal(
    measured,
    `  refuted: A parked thread takes 36 KB where the
  claim says that it takes a whole MB.
  36.3 KB (95 % interval 36.2 to 36.4, 3 runs):
  memory of a thread
  A run gave no numbers: python: timed out
  mb       0.0353
  bySteps  0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5,
           8.5, 9.5, 10.5, 11.5`,
  );
});
