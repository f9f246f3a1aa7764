import type { Call } from "./call.js";

/** What dispatching needs to know of a worker. */
export interface Lane {
  readonly index: number;
  /** False as soon as it was told to end: what it is given then would have to be taken back. */
  readonly accepts: boolean;
  /** It has loaded the module, and is not on its way out. */
  readonly loaded: boolean;
  /** Tasks that ended in this worker. */
  tasks: number;
  /** Posts the arguments of a call to this worker alone. @throws when they cannot be cloned. */
  post(call: Call): void;
  /** Takes in all messages that the worker has posted. */
  receive(): void;
  /** The end of a call whose result came by message. */
  settleByMessage(call: Call, startedMs: number, runNs: number): void;
}

/** Told how calls end. */
export interface Ends {
  value(call: Call, value: unknown, startedMs: number, runNs: number): void;
  notCloneable(call: Call, error: unknown): void;
}
