/** A mistake in the call: the user can mend it. Everything else that is thrown is our bug. */
export type UserErrorCode =
  | "BAD_WORKLOAD"
  | "BAD_MODEL"
  | "BAD_OPTION"
  | "BAD_FILE"
  | "NOT_INSTALLED"
  | "PORT_IN_USE"
  | "CANNOT_WRITE"
  | "MACHINE_TOO_SMALL"
  | "SERVER_FAILED";

/** The four parts of every message: what is wrong, what was got, what was expected, what to type next. */
export interface UserErrorParts {
  readonly what: string;
  readonly got?: string;
  readonly expected?: string;
  readonly next?: string;
}

export class UserError extends Error {
  readonly code: UserErrorCode;
  readonly parts: UserErrorParts;

  constructor(code: UserErrorCode, parts: UserErrorParts, options?: ErrorOptions) {
    super(userErrorText(parts), options);
    this.name = "UserError";
    this.code = code;
    this.parts = parts;
  }
}

function userErrorText(parts: UserErrorParts): string {
  const lines = [parts.what];
  if (parts.got !== undefined) lines.push(`  got:      ${parts.got}`);
  if (parts.expected !== undefined) lines.push(`  expected: ${parts.expected}`);
  if (parts.next !== undefined) lines.push(`  try:      ${parts.next}`);
  return lines.join("\n");
}
