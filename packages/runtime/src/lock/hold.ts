import type { LazyStack } from "../group/config.js";
import type { Scope } from "../group/scope.js";
import type { Gate } from "./gate.js";
import type { Guard } from "./guard.js";
import type { LockWaiter } from "./lock-waiter.js";

/** Somebody holds a lock, as the wait-for graph sees it. Made only while reports are on. */
export class Hold {
  readonly gate: Gate;
  readonly weight: number;
  readonly read: boolean;
  /** Where it was acquired: the innermost scope. `undefined` outside every group. */
  readonly scope: Scope | undefined;
  readonly stack: LazyStack | undefined;
  /** Dead: the guard was dropped without being released. Kept only where a stack is, for it costs as much. */
  readonly guard: WeakRef<Guard> | undefined;
  /** The one taken before it in the same scope and still held. */
  outer: Hold | undefined;

  constructor(
    gate: Gate,
    guard: Guard,
    scope: Scope | undefined,
    stack: LazyStack | undefined,
    outer: Hold | undefined,
  ) {
    this.gate = gate;
    this.weight = guard.weight;
    this.read = guard.kind === "read";
    this.scope = scope;
    this.stack = stack;
    this.guard = stack === undefined ? undefined : new WeakRef(guard);
    this.outer = outer;
  }

  /** True when nobody is left who could release it. */
  get lost(): boolean {
    return this.guard !== undefined && this.guard.deref() === undefined;
  }
}

/** What the detector wants to know of locks; set only while reports are on, so that off costs one comparison. */
export interface LockWatch {
  /** `waiter`: who had to wait for it; its stack tells where. */
  took(gate: Gate, guard: Guard, scope: Scope | undefined, waiter: LockWaiter | undefined): Hold;
  gave(hold: Hold): void;
  /** Before it waits or takes: the order of locks. */
  wants(gate: Gate, read: boolean, scope: Scope): void;
}

export let watch: LockWatch | undefined;

export function setLockWatch(next: LockWatch | undefined): void {
  watch = next;
}
