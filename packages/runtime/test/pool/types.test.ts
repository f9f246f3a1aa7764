import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type {
  Calls,
  NotCloneable,
  RunParameters,
  Sendable,
  StreamItem,
  StreamName,
  TaskArgs,
  TaskItem,
  TaskName,
  TaskResult,
  UntypedModule,
} from "../../src/pool/types.js";

// What is tried here is the compiler; at run time these functions only have to exist.

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : { got: A; expected: B };
function same<A, B>(_equal: Equal<A, B>): void {}

class Point {
  x = 1;
  norm(): number {
    return this.x;
  }
}

/** A task module as a user writes it. */
const tasks = {
  add: (a: number, b: number): number => a + b,
  later: async (text: string): Promise<{ text: string }> => ({ text }),
  nothing: (): void => {},
  maybe: (text?: string): string | undefined => text,
  sum: (...numbers: number[]): number => numbers.length,
  hash: (bytes: Uint8Array): Buffer => Buffer.from(bytes),
  first: <T extends { id: string }>(items: T[]): T | undefined => items[0],
  built: (map: Map<string, Date>, set: ReadonlySet<RegExp>): [Error, DataView] => [
    new Error(String(map.size + set.size)),
    new DataView(new ArrayBuffer(1)),
  ],
  untyped: JSON.parse,
  *numbers(to: number): Generator<number> {
    yield to;
  },
  async *rows(path: string): AsyncGenerator<{ path: string }, void, unknown> {
    yield { path };
  },
  // Wrong ones:
  makesFunction: (): { run: () => void } => ({ run() {} }),
  makesPoint: (): Promise<Point[]> => Promise.resolve([]),
  takesFunction: (a: number, done: () => void): number => a + done.length,
  takesSymbol: (options: { key: symbol }): string => String(options.key),
  makesWeak: (): WeakMap<object, number> => new WeakMap(),
  holdsPromise: (): { value: Promise<number> } => ({ value: Promise.resolve(1) }),
  *yieldsFunctions(): Generator<() => void> {},
  // Some values of these cross, so the value decides:
  optional: (options: { size: number; onProgress?: () => void }): number => options.size,
  either: (value: string | (() => string)): string => String(value),
  constant: 42,
  Point,
};

function overloaded(value: string): string;
function overloaded(value: number, digits: number): number;
function overloaded(value: string | number): string | number {
  return value;
}
const module = { ...tasks, overloaded };
type M = typeof module;

interface Typed<T = UntypedModule> {
  run<K extends TaskName<T>>(
    name: K & Sendable<T, K>,
    ...rest: RunParameters<T, K, { timeout?: number }>
  ): Promise<TaskResult<T, K>>;
  map<K extends TaskName<T>>(
    name: K & Sendable<T, K>,
    items: Iterable<TaskItem<T, K>>,
  ): AsyncIterable<TaskResult<T, K>>;
  stream<K extends StreamName<T>>(
    name: K & Sendable<T, K>,
    ...rest: RunParameters<T, K, { timeout?: number }>
  ): AsyncIterable<StreamItem<T, K>>;
  readonly call: Calls<T>;
}

/** A pool that runs nothing. */
function typed<T = UntypedModule>(): Typed<T> {
  const none = (): never => ({}) as never;
  const call = new Proxy({}, { get: () => none });
  return { run: none, map: none, stream: none, call: call as Calls<T> };
}
const pool = typed<M>();

describe("the types of a pool", () => {
  it("name only functions, generators apart", () => {
    type Streams = "numbers" | "rows" | "yieldsFunctions";
    same<StreamName<M>, Streams>(true);
    same<TaskName<M>, Exclude<keyof M, Streams | "constant" | "Point">>(true);
    // @ts-expect-error: there is no such function
    pool.run("subtract", [1, 2]);
    // @ts-expect-error: there is no such function
    pool.run("subtract");
    // @ts-expect-error: a number is no task
    pool.run("constant");
    // @ts-expect-error: a class is no task
    pool.run("Point");
    // @ts-expect-error: a generator is for stream
    pool.run("numbers", [3]);
    // @ts-expect-error: there is no such function
    pool.stream("subtract");
    // @ts-expect-error: a function is for run
    pool.stream("add", [1, 2]);
    // @ts-expect-error: there is no such function
    pool.call.subtract;
  });

  it("know arguments and results", () => {
    same<TaskArgs<M, "add">, [a: number, b: number]>(true);
    same<TaskResult<M, "add">, number>(true);
    same<TaskResult<M, "later">, { text: string }>(true);
    same<StreamItem<M, "numbers">, number>(true);
    same<StreamItem<M, "rows">, { path: string }>(true);
    pool.run("add", [1, 2], { timeout: 5 });
    pool.run("built", [new Map(), new Set<RegExp>()]);
    pool.stream("rows", ["a"]);
    const readonlyArgs: readonly [number, number] = [1, 2];
    pool.run("add", readonlyArgs);
    // @ts-expect-error: one argument is missing
    pool.run("add", [1]);
    // @ts-expect-error: of the wrong type
    pool.run("add", [1, "2"]);
    // @ts-expect-error: one too many
    pool.run("add", [1, 2, 3]);
    // @ts-expect-error: an option of the wrong type
    pool.run("add", [1, 2], { timeout: "5" });
  });

  it("let arguments be left out where the function needs none", () => {
    pool.run("nothing");
    pool.run("nothing", [], { timeout: 5 });
    pool.run("maybe");
    pool.run("sum");
    pool.run("sum", [1, 2, 3]);
    // @ts-expect-error: add needs two
    pool.run("add");
  });

  it("say that a Buffer arrives as a Uint8Array", () => {
    same<TaskResult<M, "hash">, Uint8Array<ArrayBuffer>>(true);
  });

  it("keep generic functions and overloads usable", () => {
    pool.run("first", [[{ id: "a" }]]);
    // @ts-expect-error: the bound of the type parameter holds
    pool.run("first", [[{ name: "a" }]]);
    pool.run("overloaded", ["a"]);
    pool.run("overloaded", [1, 2]);
    // @ts-expect-error: no overload takes this
    pool.run("overloaded", [1]);
    same<TaskResult<M, "overloaded">, string | number>(true);
    same<ReturnType<typeof pool.call.add>, Promise<number>>(true);
    const text: Promise<string> = pool.call.overloaded("a");
    const digits: Promise<number> = pool.call.overloaded(1, 2);
    assert.ok(text !== undefined && digits !== undefined);
  });

  it("refuse what no value could be sent of, and say what it is", () => {
    same<Sendable<M, "add">, unknown>(true);
    same<Sendable<M, "makesFunction">, NotCloneable<"result of makesFunction contains a function">>(true);
    same<Sendable<M, "makesPoint">, NotCloneable<"result of makesPoint contains a function">>(true);
    same<Sendable<M, "takesFunction">, NotCloneable<"argument 2 of takesFunction contains a function">>(true);
    same<Sendable<M, "takesSymbol">, NotCloneable<"argument 1 of takesSymbol contains a symbol">>(true);
    same<Sendable<M, "makesWeak">, NotCloneable<"result of makesWeak contains a weak collection">>(true);
    same<Sendable<M, "holdsPromise">, NotCloneable<"result of holdsPromise contains a promise">>(true);
    same<Sendable<M, "yieldsFunctions">, NotCloneable<"an item of yieldsFunctions contains a function">>(
      true,
    );
    // @ts-expect-error: its result contains a function
    pool.run("makesFunction");
    // @ts-expect-error: its result contains a function
    pool.run("makesFunction", []);
    // @ts-expect-error: argument 2 is a function
    pool.run("takesFunction", [1, () => {}]);
    // @ts-expect-error: its result contains a function
    pool.call.makesFunction();
    // @ts-expect-error: its items are functions
    pool.stream("yieldsFunctions");
  });

  it("let through what some value could be sent of", () => {
    pool.run("optional", [{ size: 1 }]);
    pool.run("either", ["a"]);
    pool.run("untyped", ["{}"]);
  });

  it("take as items of map what a function needs alone", () => {
    pool.map("later", ["a", "b"]);
    pool.map("maybe", new Set(["a"]));
    // @ts-expect-error: items of the wrong type
    pool.map("later", [1]);
    // @ts-expect-error: add needs two arguments
    pool.map("add", [1, 2]);
    // @ts-expect-error: its result contains a function
    pool.map("makesFunction", []);
  });

  it("can be passed on by a function that wraps run", () => {
    function logged<K extends TaskName<M>>(
      name: K & Sendable<M, K>,
      ...rest: RunParameters<M, K, { timeout?: number }>
    ): Promise<TaskResult<M, K>> {
      return pool.run<K>(name, ...rest);
    }
    const sum: Promise<number> = logged("add", [1, 2]);
    assert.ok(sum !== undefined);
    // @ts-expect-error: one argument is missing
    logged("add", [1]);
  });

  it("hold for a module with a single function too", () => {
    const one = typed<{ only: (a: number) => string }>();
    one.run("only", [1]);
    // @ts-expect-error: its argument is missing
    one.run("only");
    // @ts-expect-error: there is no such function
    one.run("other", [1]);
  });

  it("end with types that contain themselves", () => {
    interface Tree {
      readonly name: string;
      readonly kids: readonly Tree[];
    }
    type Json = null | string | number | Json[] | { [key: string]: Json };
    const deep = typed<{ tree: (tree: Tree) => Tree; json: (json: Json) => Promise<Json> }>();
    deep.run("tree", [{ name: "a", kids: [{ name: "b", kids: [] }] }]);
    deep.run("json", [{ a: [1, { b: null }] }]);
  });

  it("ask nothing of a pool that was given no module type", () => {
    const free = typed();
    free.run("anything", [1, "a", {}]);
    free.run("anything");
    free.map("anything", [1, "a"]);
    free.stream("anything", [1]);
    const result: Promise<unknown> = free.call["anything"]?.(1, "a") ?? Promise.resolve();
    assert.ok(result !== undefined);
    // @ts-expect-error: the result is unknown until it is looked at
    const number: Promise<number> = free.run("anything");
    assert.ok(number !== undefined);
  });
});
