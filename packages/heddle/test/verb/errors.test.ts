import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { heddle, scratch } from "../support/program.js";

const folder = scratch();
writeFileSync(join(folder, "work.json"), '{"kind": "serve", "conections": 5}');
writeFileSync(join(folder, "half.json"), '{"kind": "ser');
writeFileSync(join(folder, "good.json"), '{"kind": "wait", "tasks": 10}');
writeFileSync(join(folder, "notes"), "a file where a folder is needed");

const wrong: readonly (readonly [title: string, args: readonly string[], stderr: string])[] = [
  [
    "an unknown verb",
    ["compar"],
    "unknown command 'compar'\n  expected: compare, claims, models, report, audit\n  try:      did you mean compare? (heddle --help)\n",
  ],
  [
    "an unknown option",
    ["compare", "--workloud", "wait"],
    "unknown option '--workloud'\n  try:      did you mean --workload? (heddle compare --help)\n",
  ],
  [
    "an option without its value",
    ["compare", "--rate"],
    "option '--rate <n>' argument missing\n  try:      heddle compare --help\n",
  ],
  [
    "a verb without its file",
    ["report"],
    "missing required argument 'result.json'\n  got:      nothing\n  expected: what heddle compare or heddle claims wrote\n  try:      heddle report --help\n",
  ],
  [
    "too many files",
    ["report", "a.json", "b.json"],
    'heddle report got too many words\n  got:      "a.json" "b.json"\n  expected: <result.json> alone, and options\n  try:      heddle report --help\n',
  ],
  [
    "a word where there is none",
    ["models", "node"],
    'heddle models got too many words\n  got:      "node"\n  expected: options only\n  try:      heddle models --help\n',
  ],
  [
    "a claim without what to do with it",
    ["claims", "threads-memory"],
    'heddle claims is followed by a command, or by options alone\n  got:      "threads-memory"\n  expected: run, show, list\n  try:      heddle claims run threads-memory, or heddle claims --help\n',
  ],
  [
    "a command without its claims",
    ["claims", "show"],
    "missing required argument 'id'\n  got:      nothing\n  expected: ids of claims, as heddle claims list prints them\n  try:      heddle claims show --help\n",
  ],
  [
    "a word that would drive the terminal",
    ["\u001b[2Jcompare"],
    "unknown command 'compare'\n  expected: compare, claims, models, report, audit\n  try:      heddle --help\n",
  ],
  [
    "an unknown workload",
    ["compare", "--workload", "hsah"],
    '--workload does not know this\n  got:      "hsah"\n  expected: wait, hash, serve\n  try:      did you mean --workload hash?\n',
  ],
  [
    "a duration that is none",
    ["compare", "--io", "fast"],
    '--io cannot be read\n  got:      "fast"\n  expected: a duration with us, ms, s, m or h, or a plain number of ms\n  try:      --io 10ms\n',
  ],
  [
    "a sweep over something else",
    ["compare", "--sweep", "io=1,2"],
    '--sweep cannot be read\n  got:      "io=1,2"\n  expected: cpu= and values with commas between, plain numbers being ms\n  try:      --sweep cpu=0,5,10,20,40\n',
  ],
  [
    "an option that means nothing to the workload",
    ["compare", "--workload", "hash", "--connections", "5"],
    "--connections means nothing to the workload hash\n  got:      --connections\n  expected: an option of hash; --connections belongs to serve\n  try:      --workload serve\n",
  ],
  [
    "--url without a server",
    ["compare", "--url", "http://127.0.0.1:3000/"],
    '--url belongs to --server\n  got:      --url alone\n  try:      --server "node server.js"\n',
  ],
  [
    "a workload file with an unknown field",
    ["compare", "work.json"],
    'work.json has an unknown field "conections"\n  expected: one of kind, connections, rate, ioMs, cpuMs, durationS, arrivals, downstream\n  try:      did you mean "connections"?\n',
  ],
  [
    "a workload file beside a workload option",
    ["compare", "good.json", "--rate", "5"],
    "--rate and good.json both say what the workload is\n  got:      --rate beside good.json\n  try:      change the field in good.json, or leave the file out\n",
  ],
  [
    "a workload file that is missing",
    ["compare", "none.json"],
    "cannot read none.json\n  got:      ENOENT\n  try:      see docs/compare.md, or packages/lab/schema/workload.schema.json\n",
  ],
  [
    "an out folder that cannot be made",
    ["compare", "--out", "notes/out"],
    "cannot write notes/out\n  got:      ENOTDIR\n  try:      a part of this path is a file: --out DIR somewhere else\n",
  ],
  [
    "--json onto a file that is no result",
    ["compare", "--json", "good.json"],
    '--json would overwrite good.json, which is not a result of heddle compare\n  got:      {"kind": "wait", "tasks": 10}...\n  expected: a new name, or an older result\n  try:      heddle compare work.json --json (JSON on stdout), or another name\n',
  ],
  [
    "a page in the place of its result",
    ["report", "good.json", "--html", "./good.json"],
    '--html would overwrite the result itself\n  got:      "./good.json"\n  expected: the name of the page\n  try:      heddle report good.json\n',
  ],
  [
    "a result that is none",
    ["report", "good.json"],
    'good.json is no result of heddle compare or heddle claims\n  got:      no schema\n  expected: schema "heddle.compare/1" or "heddle.claims/1"\n  try:      heddle report heddle-results/compare.json, which heddle compare writes, or claims.json beside it\n',
  ],
];
for (const [title, args, stderr] of wrong) {
  test(`${title} is a wrong call: exit code 2, and what to type`, async () => {
    assert.deepEqual(await heddle(args, folder), { code: 2, stdout: "", stderr });
  });
}

test("a half-written workload file says where the JSON ends", async () => {
  const { code, stderr } = await heddle(["compare", "half.json"], folder);
  assert.equal(code, 2);
  assert.match(stderr, /^half\.json is not JSON\n {2}got: {6}.+\n {2}expected: JSON\n/);
});

test("an unknown model is refused before anything is measured, with the nearest name", async () => {
  const { code, stdout, stderr } = await heddle(["compare", "--models", "node-evnt-loop"], folder);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /did you mean node-event-loop/);
});

test("no file of the caller was touched by all these wrong calls", () => {
  assert.equal(readFileSync(join(folder, "good.json"), "utf8"), '{"kind": "wait", "tasks": 10}');
  assert.equal(readFileSync(join(folder, "notes"), "utf8"), "a file where a folder is needed");
});
