import assert from "node:assert/strict";
import { test } from "node:test";
import { example, run } from "./support.js";

const philosophers = await example("philosophers", "philosophers.mjs");
const NAMES = ["Aristotle", "Confucius", "Hypatia", "Kant", "Plato"];

test("philosophers who take the left fork first are caught, with every edge of the circle", async () => {
  const { code, stdout, stderr } = await run(philosophers);
  assert.equal(stderr, "");
  assert.equal(code, 1, stdout);
  const [, report = ""] = /^deadlock: ([\s\S]*?)\n\n/m.exec(stdout) ?? [];
  for (const [seat, name] of NAMES.entries()) {
    assert.ok(report.includes(name), `${name} is not in the report:\n${stdout}`);
    assert.ok(report.includes(`fork ${seat + 1}`), `fork ${seat + 1} is not in the report:\n${stdout}`);
    assert.ok(stdout.includes(`${name} ate 0 times\n`));
  }
  assert.match(stdout, /^lock-order: /m);
});

test("philosophers who share an order all eat, and nothing is reported", async () => {
  const { code, stdout, stderr } = await run(philosophers, "--ordered");
  assert.deepEqual([code, stdout, stderr], [0, NAMES.map((name) => `${name} ate 3 times\n`).join(""), ""]);
});
