import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect, isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { NotCloneableError } from "../../src/index.js";
import { packError } from "../../src/wire/error.js";
import { sent, sentError } from "./error-sent.js";

describe("whatever else is thrown", () => {
  it("is copied when it is a value", () => {
    for (const value of [undefined, null, 0, -0, "text", 5n, true, { a: [1] }, new Map([[1, 2]])]) {
      assert.deepStrictEqual(sent(value), value);
    }
  });

  it("becomes a NotCloneableError when it cannot be copied", () => {
    const values = [() => 1, Symbol("s"), new WeakMap(), Promise.resolve(), { f() {} }, new Proxy({}, {})];
    for (const value of values) {
      const copy = sentError(value);
      assert.ok(copy instanceof NotCloneableError);
      assert.match(
        copy.message,
        /^the value thrown of the task cannot be sent to another thread: it is .+; throw an Error/,
      );
    }
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.ok(sentError(proxy) instanceof NotCloneableError);
  });

  it("loses only the properties that cannot be copied, and says what they were", () => {
    const error = Object.assign(new Error("x"), {
      status: 502,
      request: { send() {} },
      retry: () => 1,
      [Symbol("s")]: 1,
    });
    const copy = sentError(error);
    assert.equal(copy["status"], 502);
    assert.match(String(copy["request"]), /^\[not sent: .*send/);
    assert.match(String(copy["retry"]), /^\[not sent: .*Function/);
  });

  it("keeps a cycle among its properties", () => {
    const detail: Record<string, unknown> = { a: 1 };
    detail["self"] = detail;
    const copy = sentError(Object.assign(new Error("x"), { detail }))["detail"] as Record<string, unknown>;
    assert.equal(copy["self"], copy);
  });

  it("crosses with getters that throw", () => {
    const error = new Error("x");
    for (const key of ["stack", "name", "message", "code", "cause", "detail"]) {
      Object.defineProperty(error, key, {
        enumerable: true,
        get() {
          throw new TypeError("no");
        },
      });
    }
    const copy = sentError(error);
    assert.match(copy.message, /reading it threw TypeError: no/);
    assert.match(String(copy["detail"]), /reading it threw TypeError: no/);
  });

  it("crosses with a Proxy that fails at every step", () => {
    const fail = (): never => {
      throw new Error("trap");
    };
    const traps = {
      get: fail,
      getPrototypeOf: fail,
      ownKeys: fail,
      has: fail,
      getOwnPropertyDescriptor: fail,
    };
    assert.ok(sent(new Proxy(new Error("x"), traps)) instanceof Error);
    const { getPrototypeOf: _, ...others } = traps;
    assert.ok(sent(new Proxy(new Error("x"), others)) instanceof Error);
  });

  it("is not changed by it", () => {
    const error = Object.freeze(
      Object.assign(new Error("x", { cause: Object.freeze(new Error("y")) }), { a: 1 }),
    );
    const copy = sentError(error, "Error\n    at x (y.js:1:1)");
    assert.equal(copy["a"], 1);
    assert.ok(!Object.isFrozen(copy));
    assert.ok(!String(error.stack).includes("<worker thread>"));
  });

  it("crosses whatever objects are thrown or hang on an error", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
      withObjectString: true,
    });
    fc.assert(
      fc.property(anything, fc.string(), (value, key) => {
        const copy = structuredClone(value);
        // On Node 20 an invalid date equals no other one.
        const comparable = isDeepStrictEqual(copy, structuredClone(value));
        if (comparable) assert.deepStrictEqual(sent(value), copy);
        else assert.equal(inspect(sent(value)), inspect(copy));
        const error = new Error("x", { cause: value });
        Object.defineProperty(error, key, { value, enumerable: true, configurable: true, writable: true });
        sent(error);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the size of a packed error", () => {
  const sizeOf = (error: unknown): number => JSON.stringify(packError(error)).length;

  it("is bounded whatever the length of its texts", () => {
    const error = Object.assign(new Error("m".repeat(5_000_000)), { text: "t".repeat(5_000_000) });
    assert.ok(sizeOf(error) < 500_000);
    assert.match(sentError(error).message, /^m+\.\.\. \(\d+ more characters\)$/);
  });

  it("is bounded whatever the size of its properties", () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, "v".repeat(100)]));
    assert.ok(sizeOf(Object.assign(new Error("x"), many)) < 100_000);
    assert.ok(sizeOf(Object.assign(new Error("x"), { many })) < 100_000);
    const bytes = new Uint8Array(5_000_000);
    assert.match(String(sentError(Object.assign(new Error("x"), { bytes }))["bytes"]), /^\[not sent/);
  });

  it("is bounded whatever the number of errors in it", () => {
    let chain = new Error("last");
    for (let i = 0; i < 10_000; i++) chain = new Error("m".repeat(10_000), { cause: chain });
    assert.equal(packError(chain).errors.length, 64);
    const long = Array.from({ length: 60 }, () => new Error("m".repeat(60_000)));
    assert.ok(sizeOf(new AggregateError(long)) < 1_500_000);
    const all = sentError(new AggregateError(Array.from({ length: 10_000 }, () => new Error("x"))));
    const errors = all["errors"] as unknown[];
    assert.equal(errors.length, 65);
    assert.equal(errors.at(-1), "[not sent: 9936 more]");
  });

  it("is bounded in the classes that are stood in for", () => {
    for (let i = 0; i < 1_000; i++) {
      const Odd = { [`Odd${i}`]: class extends Error {} }[`Odd${i}`] ?? Error;
      assert.equal(sentError(new Odd("x")).constructor.name, `Odd${i}`);
    }
  });
});
