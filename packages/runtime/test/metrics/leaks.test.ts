import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import v8 from "node:v8";
import vm from "node:vm";
import { configure } from "../../src/group/config.js";
import { assertNoLeaks, leaks } from "../../src/metrics/leaks.js";
import { type Tracked, track } from "../../src/metrics/tracking.js";

v8.setFlagsFromString("--expose-gc");
const gc = vm.runInNewContext("gc") as () => void;

configure({ reports: "on" });
afterEach(() => {
  configure({ reports: "on" });
  assert.deepEqual(leaks(), [], "a test of this file left something tracked");
});

test("what was tracked and has not ended is listed with the stack that made it", () => {
  const tracked = track("group", "load user");
  const [leak, ...others] = leaks();
  assert.deepEqual(others, []);
  assert.equal(leak?.kind, "group");
  assert.equal(leak?.name, "load user");
  assert.ok((leak?.aliveMs ?? -1) >= 0);
  assert.match(leak?.stack ?? "", /leaks\.test/);
  tracked.end();
  tracked.end();
  assert.deepEqual(leaks(), []);
});

test("a stack that the caller has is used, as text or as an error", () => {
  const open = [
    track("task", "a", "Error\n    at mine (file:///app.js:1:2)"),
    track("task", "b", new Error("here")),
  ];
  assert.equal(leaks()[0]?.stack, "at mine (file:///app.js:1:2)");
  assert.match(leaks()[1]?.stack ?? "", /leaks\.test/);
  for (const tracked of open) tracked.end();
});

test("the list is oldest first and frozen", () => {
  const open = ["a", "b", "c"].map((name) => track("waiter", name));
  assert.deepEqual(
    leaks().map((leak) => leak.name),
    ["a", "b", "c"],
  );
  assert.ok(Object.isFrozen(leaks()));
  for (const tracked of open) tracked.end();
});

test("assertNoLeaks passes when all has ended", () => {
  track("worker", "w").end();
  assertNoLeaks();
});

test("assertNoLeaks throws one error that lists everything", () => {
  const open = [track("worker", "cpu-1"), track("task", 'with "quotes"\nand lines')];
  assert.throws(assertNoLeaks, (error: unknown) => {
    assert.ok(error instanceof assert.AssertionError);
    assert.match(error.message, /^2 leaks: /);
    assert.match(error.message, /worker "cpu-1", alive for \d+ ms, made\n {6}at /);
    assert.match(error.message, /task "with \\"quotes\\"\\nand lines"/);
    assert.equal((error.actual as unknown[]).length, 2);
    return true;
  });
  for (const tracked of open) tracked.end();
});

test("a name that says its kind itself is not told twice", () => {
  const tracked = track("task", 'task "load\n" of group "user"');
  assert.throws(assertNoLeaks, /\n {2}task "load\\n" of group "user", alive/);
  tracked.end();
});

test("a long list is cut in the text and whole in the data", () => {
  const open = Array.from({ length: 60 }, (_, i) => track("task", `t${i}`));
  assert.throws(assertNoLeaks, (error: unknown) => {
    assert.ok(error instanceof assert.AssertionError);
    assert.match(error.message, /and 10 more$/);
    assert.equal((error.actual as unknown[]).length, 60);
    return true;
  });
  for (const tracked of open) tracked.end();
});

test("while reports are off nothing is tracked, and the assertion says that it cannot see", () => {
  configure({ reports: "off" });
  const first = track("group", "a");
  assert.equal(first, track("task", "b"));
  first.end();
  assert.deepEqual(leaks(), []);
  assert.throws(assertNoLeaks, { code: "BAD_OPTION", message: /configure\(\{ reports: "on" \}\)/ });
});

test("what was tracked ends also after reports were switched off", () => {
  const tracked = track("group", "a");
  configure({ reports: "off" });
  tracked.end();
  configure({ reports: "on" });
  assert.deepEqual(leaks(), []);
});

test("nothing is kept after the end, not even by who keeps the handle", async () => {
  const handles: Tracked[] = [];
  const refs = Array.from({ length: 10 }, () => {
    const source = { stack: "at x" };
    const tracked = track("task", "t", source);
    tracked.end();
    handles.push(tracked);
    return new WeakRef(source);
  });
  for (let i = 0; i < 20 && refs.some((ref) => ref.deref() !== undefined); i++) {
    await wait(1);
    gc();
  }
  assert.equal(refs.filter((ref) => ref.deref() !== undefined).length, 0);
  assert.equal(handles.length, 10);
});
