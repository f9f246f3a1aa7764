import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { test } from "node:test";
import { eventNames } from "../../src/metrics/event-names.js";
import { event, publish } from "../../src/metrics/events.js";

test("a subscriber of the named channel gets what is published", () => {
  const heard: unknown[] = [];
  const listener = (message: unknown) => heard.push(message);
  const message = { pool: "cpu", task: 1, name: "hash" };
  publish(event("heddle:pool:task:start"), message);
  subscribe("heddle:pool:task:start", listener);
  publish(event("heddle:pool:task:start"), message);
  unsubscribe("heddle:pool:task:start", listener);
  publish(event("heddle:pool:task:start"), message);
  assert.deepEqual(heard, [message]);
});

test("an event taken before anybody subscribed sees later subscribers", () => {
  const started = event("heddle:lock:wait");
  const listener = () => {};
  assert.equal(started.hasSubscribers, false);
  subscribe("heddle:lock:wait", listener);
  assert.equal(started.hasSubscribers, true);
  unsubscribe("heddle:lock:wait", listener);
  assert.equal(started.hasSubscribers, false);
});

test("every name belongs to the library, and every name has its channel", () => {
  assert.ok(eventNames.length > 0);
  for (const name of eventNames) {
    assert.match(name, /^heddle(:[a-z]+){1,3}$/);
    assert.equal(event(name).name, name);
  }
});

test("messages are typed by the name", () => {
  const ended = event("heddle:pool:task:end");
  ended.publish({ pool: "p", task: 1, name: "f", outcome: "ok" });
  // @ts-expect-error an outcome that does not exist
  ended.publish({ pool: "p", task: 1, name: "f", outcome: "maybe" });
  // @ts-expect-error a name that does not exist
  event("heddle:nothing");
});
