import { isHeddleError } from "../error/base.js";
import { CancelError, TimeoutError } from "../error/errors.js";
import type { Cause, Scope } from "./scope.js";

/**
 * True when `error` only says that the scope was cancelled. The platform's AbortError counts, and so does the reason itself,
 * which is what fetch rejects with; an error that merely has one of these as its cause does not, for it may tell of more.
 */
export function isCancellation(error: unknown, cause: Cause): boolean {
  if (isHeddleError(error, "CANCELLED")) return true;
  if (cause.kind !== "failure" && cause.reason !== undefined && error === cause.reason) return true;
  if (cause.kind === "deadline" && isHeddleError(error, "TIMEOUT")) {
    return (error as TimeoutError).deadline === (cause.reason as TimeoutError).deadline;
  }
  return error instanceof Error && error.name === "AbortError";
}

/** One failure is thrown as it is, several as an AggregateError that begins with the first. */
export function combine(errors: readonly unknown[], label: string): unknown {
  if (errors.length === 1) return errors[0];
  return new AggregateError(errors, `${errors.length} tasks of ${label} failed`);
}

/**
 * What a group rejects with, or `undefined` for success. Whatever happened first decides, and nothing is lost: failures after
 * the group's own cancel or deadline become the `cause` of that error; if the cancel came from outside they are thrown, for
 * the group outside collects them.
 */
export function verdict(scope: Scope, errors: readonly unknown[]): { error: unknown } | undefined {
  const cause = scope.cause;
  const failed = errors.length > 0;
  if (cause === undefined || cause.kind === "failure" || (failed && cause.origin !== scope)) {
    return failed ? { error: combine(errors, scope.label) } : cause && { error: cause.error };
  }
  const error = cause.kind === "deadline" ? late(cause, scope) : new CancelError(cause.reason, scope.label);
  if (failed)
    Object.defineProperty(error, "cause", { value: combine(errors, scope.label), configurable: true });
  return { error };
}

function late(cause: Cause, scope: Scope): TimeoutError {
  const first = cause.reason as TimeoutError;
  return cause.origin === scope ? first : new TimeoutError(first.deadline, scope.label);
}
