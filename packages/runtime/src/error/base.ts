/** Every way this library fails. The set is closed: match on `code`, never on the text or the class. */
export type HeddleErrorCode =
  | "CANCELLED"
  | "TIMEOUT"
  | "CHANNEL_CLOSED"
  | "QUEUE_FULL"
  | "WORKER_DIED"
  | "TASK_LOAD"
  | "NOT_CLONEABLE"
  | "OWNER_DIED"
  | "DEADLOCK"
  | "CLOSED"
  | "BAD_OPTION";

/** The class that belongs to a code. */
export type ErrorOf<Code extends HeddleErrorCode> = HeddleError & Fields[Code];

interface Fields extends Record<HeddleErrorCode, object> {
  readonly CANCELLED: import("./errors.js").CancelError;
  readonly TIMEOUT: import("./errors.js").TimeoutError;
  readonly QUEUE_FULL: import("./errors.js").QueueFullError;
  readonly WORKER_DIED: import("./errors.js").WorkerDiedError;
  readonly NOT_CLONEABLE: import("./errors.js").NotCloneableError;
  readonly DEADLOCK: import("./errors.js").DeadlockError;
}

/** Two copies of the library in one process agree on this brand, where `instanceof` would not. */
const BRAND = Symbol.for("heddle.error");

/** The base of all errors of the library. An error of the user's own code is never wrapped in one. */
export class HeddleError extends Error {
  readonly code: HeddleErrorCode;

  constructor(code: HeddleErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }

  static {
    Object.defineProperty(HeddleError.prototype, BRAND, { value: true });
  }
}

/** True for an error of this library, whichever copy of it made it; with `code`, only for that code. */
export function isHeddleError<Code extends HeddleErrorCode>(
  error: unknown,
  code: Code,
): error is ErrorOf<Code>;
export function isHeddleError(error: unknown): error is HeddleError;
export function isHeddleError(error: unknown, code?: HeddleErrorCode): boolean {
  if (typeof error !== "object" || error === null || !(BRAND in error)) return false;
  return code === undefined || (error as unknown as HeddleError).code === code;
}
