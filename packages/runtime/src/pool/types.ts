import type { IsAny, NotCloneable, Obstacle } from "./types-cloneable.js";

export type { NotCloneable } from "./types-cloneable.js";

/** Any function, whatever it takes. */
export type TaskFunction = (...args: never[]) => unknown;

/** What a pool without a type argument calls: any name with any arguments, for an unknown result. */
export type UntypedModule = Record<string, TaskFunction>;

type IsUntyped<M> = IsAny<M> extends true ? true : string extends keyof M ? true : false;

/** What a generator function returns, or a function whose result is read piece by piece. */
type Streamed = AsyncIterable<unknown> | Generator<unknown, unknown, never>;

type IsStream<F> = F extends (...args: never[]) => infer R
  ? IsAny<R> extends true
    ? false
    : R extends Streamed
      ? true
      : false
  : false;

type Name<M, Streams extends boolean> =
  IsUntyped<M> extends true
    ? string
    : {
        [K in keyof M & string]: IsAny<M[K]> extends true
          ? K
          : M[K] extends TaskFunction
            ? [IsStream<M[K]>] extends [Streams]
              ? K
              : never
            : never;
      }[keyof M & string];

/** The names of exported functions that `run`, `call` and `map` take. */
export type TaskName<M> = Name<M, false>;

/** The names of exported (async) generator functions, which `stream` takes. */
export type StreamName<M> = Name<M, true>;

type FunctionOf<M, K> = IsUntyped<M> extends true ? Anything : K extends keyof M ? M[K] : never;
type Anything = (...args: unknown[]) => unknown;

/**
 * Arguments and result of each overload (the last four). A generic function counts with its parameters' bounds:
 * TypeScript cannot carry a type parameter through a mapped type.
 */
type Signature<F> =
  IsAny<F> extends true
    ? { args: unknown[]; result: unknown }
    : F extends {
          (...args: infer A1): infer R1;
          (...args: infer A2): infer R2;
          (...args: infer A3): infer R3;
          (...args: infer A4): infer R4;
        }
      ?
          | { args: A1; result: R1 }
          | { args: A2; result: R2 }
          | { args: A3; result: R3 }
          | { args: A4; result: R4 }
      : never;

/** The arguments of a task, as its function declares them; of overloads, any. */
export type TaskArgs<M, K> = Signature<FunctionOf<M, K>>["args"];

/** What a task resolves with; of overloads, any. A Buffer arrives as the Uint8Array that it is. */
export type TaskResult<M, K> = Arrived<Signature<FunctionOf<M, K>>["result"]>;

type Arrived<R> = Unbuffered<Awaited<R>>;
type Unbuffered<R> = R extends Buffer ? Uint8Array<ArrayBuffer> : R;

/** What a stream yields. */
export type StreamItem<M, K> =
  IsUntyped<M> extends true ? unknown : ItemOf<Signature<FunctionOf<M, K>>["result"]>;
type ItemOf<R> = R extends AsyncIterable<infer T> | Iterable<infer T> ? Unbuffered<Awaited<T>> : unknown;

type Nth = { "0": "argument 1"; "1": "argument 2"; "2": "argument 3"; "3": "argument 4"; "4": "argument 5" };
type Ordinal<I> = I extends keyof Nth ? Nth[I] : "an argument";

type ArgsProblem<A, K> = A extends readonly unknown[]
  ? { [I in keyof A]-?: Problem<Ordinal<I>, K, Obstacle<A[I]>> }[number]
  : never;
/** `Found` is not distributed over: no obstacle, no problem. */
type Problem<What extends string, K, Found> = [Found] extends [never]
  ? never
  : `${What} of ${K & string} contains ${Found & string}`;

type ResultProblem<M, K> =
  K extends StreamName<M>
    ? IsUntyped<M> extends true
      ? never
      : Problem<"an item", K, Obstacle<StreamItem<M, K>>>
    : Problem<"result", K, Obstacle<TaskResult<M, K>>>;

/** What keeps a task from being called from another thread, or never. */
type ProblemOf<M, K> = ArgsProblem<TaskArgs<M, K>, K> | ResultProblem<M, K>;
type Checked<Good, Found extends string> = [Found] extends [never] ? Good : NotCloneable<Found>;

/** True when a wrong name made the compiler fall back to all names: then the name alone is to be complained about. */
type IsEvery<M, K> =
  IsOne<K, TaskName<M> | StreamName<M>> extends true
    ? false
    : Covers<K, TaskName<M>> | Covers<K, StreamName<M>> extends false
      ? false
      : true;
type Covers<K, Every> = [Every] extends [never] ? false : [Every] extends [K] ? true : false;
type IsOne<K, Every> = true extends (Every extends unknown ? ([K] extends [Every] ? true : false) : never)
  ? true
  : false;

/**
 * To be joined to the name of a task, as in `name: K & Sendable<M, K>`: nothing for a task that can be called, or a
 * `NotCloneable<"result of f contains a function">` that no name fits, so that the compiler says at the call which
 * function is to be changed and why. A wrapper declares the same and passes its type on: `pool.run<K>(name, ...rest)`.
 */
export type Sendable<M, K> = IsEvery<M, K> extends true ? unknown : Checked<unknown, ProblemOf<M, K>>;

/** `run(name, ...parameters)`: the arguments may be left out where the function needs none. */
export type RunParameters<M, K, Options> =
  IsEvery<M, K> extends true
    ? [args?: readonly unknown[], options?: Options]
    : [] extends TaskArgs<M, K>
      ? [args?: Readonly<TaskArgs<M, K>>, options?: Options]
      : [args: Readonly<TaskArgs<M, K>>, options?: Options];

/** One item of `map`: the only argument that its function needs. */
export type TaskItem<M, K> = FirstOf<TaskArgs<M, K>>;
type FirstOf<A> = A extends readonly unknown[] ? (readonly [A[0]] extends Readonly<A> ? A[0] : never) : never;

/** `pool.call`: every task as a function of the same arguments, for a promise. Overloads stay overloads. */
export type Calls<M> = {
  readonly [K in TaskName<M>]: Checked<Overloads<Signature<FunctionOf<M, K>>>, ProblemOf<M, K>>;
};

type Overloads<S> = (
  S extends { args: infer A extends unknown[]; result: infer R }
    ? (call: (...args: A) => Promise<Arrived<R>>) => void
    : never
) extends (call: infer All) => void
  ? All
  : never;
