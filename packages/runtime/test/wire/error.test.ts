import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { types } from "node:util";
import vm from "node:vm";
import { Worker } from "node:worker_threads";
import {
  CancelError,
  isHeddleError,
  QueueFullError,
  TimeoutError,
  WorkerDiedError,
} from "../../src/index.js";
import { type packError, unpackError } from "../../src/wire/error.js";
import { sent, sentError } from "./error-sent.js";

class ValidationError extends RangeError {
  override name = "ValidationError";
  readonly field: string;
  constructor(field: string, options?: ErrorOptions) {
    super(`${field} is wrong`, options);
    this.field = field;
  }
}

describe("an error on its way to another thread", () => {
  it("stays of its built-in class, with its message", () => {
    for (const Known of [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) {
      const copy = sentError(new Known("why"));
      assert.equal(copy.constructor, Known);
      assert.equal(copy.message, "why");
      assert.equal(copy.name, Known.name);
      assert.ok(types.isNativeError(copy));
      assert.deepEqual(Object.keys(copy), []);
    }
  });

  it("keeps the name of a user's class, and is an instance of the built-in class under it", () => {
    const copy = sentError(new ValidationError("age"));
    assert.equal(copy.constructor.name, "ValidationError");
    assert.equal(copy.name, "ValidationError");
    assert.equal(copy["field"], "age");
    assert.ok(copy instanceof RangeError);
    assert.ok(!(copy instanceof ValidationError));
    assert.equal(sentError(new ValidationError("b")).constructor, copy.constructor);
  });

  it("keeps the name of a class whose instances are all called Error", () => {
    class Plain extends Error {}
    assert.equal(sentError(new Plain("x")).constructor.name, "Plain");
    assert.equal(sentError(new Plain("x")).name, "Error");
  });

  it("keeps a name that the class gives to all its instances", () => {
    class Failure extends Error {}
    Object.defineProperty(Failure.prototype, "name", { value: "Mishap" });
    const copy = sentError(new Failure("x"));
    assert.equal(copy.name, "Mishap");
    assert.deepEqual(Object.keys(copy), []);
  });

  it("does not let a class take the name of a built-in one", () => {
    const Fake = { TypeError: class extends Error {} }.TypeError;
    const copy = sentError(new Fake("x"));
    assert.equal(copy.constructor.name, "TypeError");
    assert.ok(!(copy instanceof TypeError));
  });

  it("keeps own properties, hidden ones hidden", () => {
    const error = Object.assign(new Error("x"), { code: "E_X", detail: { list: [1, new Map([[1, 2]])] } });
    Object.defineProperty(error, "quiet", { value: 1, enumerable: false });
    const copy = sentError(error);
    assert.deepEqual(Object.keys(copy), ["code", "detail"]);
    assert.deepEqual(copy["detail"], { list: [1, new Map([[1, 2]])] });
    assert.equal(copy["quiet"], 1);
  });

  it("keeps what its class computes as code or cause", () => {
    class Coded extends Error {
      get code() {
        return "E_COMPUTED";
      }
    }
    assert.equal(sentError(new Coded("x"))["code"], "E_COMPUTED");
  });

  it("keeps __proto__ as an own property", () => {
    const error = new Error("x");
    Object.defineProperty(error, "__proto__", { value: { a: 1 }, enumerable: true });
    const copy = sentError(error);
    assert.equal(Object.getPrototypeOf(copy), Error.prototype);
    assert.deepEqual(Object.keys(copy), ["__proto__"]);
  });

  it("keeps causes with their classes, however deep", () => {
    const copy = sentError(
      new Error("a", { cause: new TypeError("b", { cause: new ValidationError("c") }) }),
    );
    assert.ok(copy.cause instanceof TypeError);
    assert.equal((copy.cause.cause as Error).constructor.name, "ValidationError");
    assert.ok(!Object.keys(copy).includes("cause"));
  });

  it("keeps a cycle of causes a cycle", () => {
    const first = new Error("first");
    const second = new Error("second", { cause: first });
    first.cause = second;
    const copy = sentError(first);
    assert.equal((copy.cause as Error).message, "second");
    assert.equal((copy.cause as Error).cause, copy);
  });

  it("keeps all errors of an AggregateError", () => {
    const copy = sentError(new AggregateError([new TypeError("a"), "b", new ValidationError("c")], "all"));
    assert.ok(copy instanceof AggregateError);
    assert.equal(copy.message, "all");
    assert.ok(copy.errors[0] instanceof TypeError);
    assert.equal(copy.errors[1], "b");
    assert.equal((copy.errors[2] as Error).name, "ValidationError");
  });

  it("ends with a list of errors that contains itself", () => {
    const list: unknown[] = [new Error("a")];
    list.push(list);
    const copy = sentError(Object.assign(new Error("x"), { list }));
    assert.ok((copy["list"] as unknown[])[0] instanceof Error);
  });

  it("keeps a DOMException one", () => {
    const copy = sent(new DOMException("stopped", "AbortError"));
    assert.ok(copy instanceof DOMException);
    assert.equal(copy.name, "AbortError");
    assert.equal(copy.message, "stopped");
    assert.equal(copy.code, 20);
  });

  it("keeps the reason of an aborted signal", () => {
    const copy = sent(AbortSignal.abort().reason);
    assert.ok(copy instanceof DOMException);
    assert.equal(copy.name, "AbortError");
  });

  it("keeps errors of this library as themselves", () => {
    const cancelled = sentError(new CancelError(new TypeError("why")));
    assert.ok(cancelled instanceof CancelError);
    assert.ok(isHeddleError(cancelled, "CANCELLED"));
    assert.ok(cancelled.reason instanceof TypeError);
    assert.equal(cancelled.cause, cancelled.reason);
    const late = sentError(new TimeoutError(123));
    assert.ok(late instanceof TimeoutError);
    assert.equal(late.deadline, 123);
    const died = sentError(new WorkerDiedError("it died", 3, ["a", "b"]));
    assert.ok(died instanceof WorkerDiedError);
    assert.deepEqual([died.exitCode, died.running], [3, ["a", "b"]]);
    assert.ok(sentError(new QueueFullError("pool", 5)) instanceof QueueFullError);
  });

  it("keeps what Node's own errors say", () => {
    let thrown: unknown;
    try {
      new URL("no url");
    } catch (error) {
      thrown = error;
    }
    const copy = sentError(thrown);
    assert.ok(copy instanceof TypeError);
    assert.equal(copy["code"], "ERR_INVALID_URL");
    assert.equal(copy["input"], "no url");
  });

  it("gives an error of another realm the class of the same name here", () => {
    const copy = sentError(vm.runInNewContext("new TypeError('x')"));
    assert.ok(copy instanceof TypeError);
    assert.equal(copy.constructor, TypeError);
  });
});

describe("the stack of an error from another thread", () => {
  it("is the worker's, a line that says so, and the caller's frames", () => {
    const error = new Error("x");
    error.stack = "Error: x\n    at task (tasks.js:1:1)";
    const copy = sentError(error, "Error: made to look at the stack\n    at caller (server.js:2:2)");
    assert.equal(
      copy.stack,
      "Error: x\n    at task (tasks.js:1:1)\n    at <worker thread>\n    at caller (server.js:2:2)",
    );
    assert.ok(!Object.keys(copy).includes("stack"));
  });

  it("is the worker's alone when the call left none", () => {
    const error = new Error("x");
    assert.equal(sentError(error).stack, error.stack);
  });

  it("is made up where an error has none", () => {
    const error = new TypeError("x");
    Object.defineProperty(error, "stack", { value: undefined });
    assert.equal(sentError(error).stack, "TypeError: x");
  });

  it("is right in a real worker too", async () => {
    const codec = new URL("../../src/wire/error.js", import.meta.url).href;
    const program = `
      import { parentPort } from "node:worker_threads";
      const { packError } = await import(${JSON.stringify(codec)});
      function thrower() { throw new RangeError("there"); }
      try { thrower(); } catch (error) { parentPort.postMessage(packError(error)); }`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`));
    try {
      const packed = await new Promise<ReturnType<typeof packError>>((resolve, reject) => {
        worker.once("message", resolve);
        worker.once("error", reject);
      });
      const copy = unpackError(packed, new Error("here").stack) as Error;
      assert.ok(copy instanceof RangeError);
      assert.match(copy.stack ?? "", /thrower[\s\S]*at <worker thread>[\s\S]*error\.test/);
    } finally {
      await worker.terminate();
    }
  });
});
