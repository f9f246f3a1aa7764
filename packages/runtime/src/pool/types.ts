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

type Checked<A, R extends string> = [R] extends [never] ? A : NotCloneable<R>;

/**
 * The arguments as `run` takes them, or a `NotCloneable<"result of f contains a function">` that nothing fits,
 * so that the compiler says at the call which function is to be changed and why.
 */
export type CheckedArgs<M, K> = Checked<
  Readonly<TaskArgs<M, K>>,
  ArgsProblem<TaskArgs<M, K>, K> | ResultProblem<M, K>
>;

/** `run(name, ...parameters)`: the arguments may be left out where the function needs none. */
export type RunParameters<M, K, Options> =
  [] extends CheckedArgs<M, K>
    ? [args?: CheckedArgs<M, K>, options?: Options]
    : [args: CheckedArgs<M, K>, options?: Options];

/** One item of `map`: the only argument that its function needs. */
export type TaskItem<M, K> =
  CheckedArgs<M, K> extends readonly unknown[] ? FirstOf<TaskArgs<M, K>> : CheckedArgs<M, K>;
type FirstOf<A> = A extends readonly unknown[] ? (readonly [A[0]] extends Readonly<A> ? A[0] : never) : never;

/** `pool.call`: every task as a function of the same arguments, for a promise. Overloads stay overloads. */
export type Calls<M> = {
  readonly [K in TaskName<M>]: Checked<
    Overloads<Signature<FunctionOf<M, K>>>,
    ArgsProblem<TaskArgs<M, K>, K> | ResultProblem<M, K>
  >;
};

type Overloads<S> = (
  S extends { args: infer A extends unknown[]; result: infer R }
    ? (call: (...args: A) => Promise<Arrived<R>>) => void
    : never
) extends (call: infer All) => void
  ? All
  : never;
