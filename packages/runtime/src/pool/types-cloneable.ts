import type { Blob } from "node:buffer";
import type { KeyObject, X509Certificate } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { BlockList, SocketAddress } from "node:net";
import type { ReadableStream, TransformStream, WritableStream } from "node:stream/web";
import type { MessagePort } from "node:worker_threads";

declare const why: unique symbol;

/** Nothing is of this type: it stands where a value would have to be sent that cannot be, and says why. */
export interface NotCloneable<Why extends string> {
  readonly [why]: Why;
}

export type IsAny<T> = 0 extends 1 & T ? true : false;

// biome-ignore lint/suspicious/noConfusingVoidType: a task may return nothing
type Scalar = string | number | bigint | boolean | null | undefined | void;

/** What crosses as itself though it has methods. */
type Known =
  | Date
  | RegExp
  | Error
  | ArrayBufferLike
  | ArrayBufferView
  | boolean
  | number
  | string
  | Blob
  | KeyObject
  | X509Certificate
  | FileHandle
  | BlockList
  | SocketAddress
  | ReadableStream
  | WritableStream
  | TransformStream
  | MessagePort;

type Weak = WeakMap<never, unknown> | WeakSet<never> | WeakRef<WeakKey>;

/** How deep types are searched: enough for results as they are written, cheap for the compiler. */
type Deeper = [1, 2, 3, 4, never];

/**
 * What keeps every value of the type from crossing ("a function", "a symbol", ...), or never.
 * A type of which some values can cross (a union with one good member, an optional callback, unknown, any) is let
 * through, and the value decides when it is sent: a compile error is never wrong.
 */
export type Obstacle<T, Depth extends number = 0> =
  IsAny<T> extends true
    ? never
    : unknown extends T
      ? never
      : [Depth] extends [never]
        ? never
        : AllOf<T extends unknown ? ObstacleOfMember<T, Depth> : never>;

/** The verdicts on the members of a union: bad only if none is good. */
type AllOf<Verdicts> = "fine" extends Verdicts ? never : Verdicts;
type Verdict<Found> = [Found] extends [never] ? "fine" : Found;

/** Order matters: types are compared by shape, and a Map has the shape of a WeakMap too. */
type ObstacleOfMember<T, Depth extends number> = T extends Scalar | Known
  ? "fine"
  : T extends symbol
    ? "a symbol"
    : T extends (...args: never[]) => unknown
      ? "a function"
      : T extends abstract new (
            ...args: never[]
          ) => unknown
        ? "a class"
        : T extends ReadonlyMap<infer K, infer V>
          ? Verdict<Obstacle<K, Deeper[Depth]> | Obstacle<V, Deeper[Depth]>>
          : T extends ReadonlySet<infer V>
            ? Verdict<Obstacle<V, Deeper[Depth]>>
            : T extends Weak
              ? "a weak collection"
              : T extends PromiseLike<unknown>
                ? "a promise"
                : Verdict<ObstacleInside<T, Deeper[Depth]>>;

type ObstacleInside<T, Depth extends number> = T extends readonly unknown[]
  ? { [I in keyof T]: Obstacle<T[I], Depth> }[number]
  : { [P in keyof T & (string | number)]-?: Obstacle<T[P], Depth> }[keyof T & (string | number)];
