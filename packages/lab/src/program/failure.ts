/**
 * A measured program did not keep its side of the contract (crashed, printed garbage, never got ready...).
 * Not the caller's mistake and not our bug: its cell becomes void with `message` as the reason, the others go on.
 */
export class ProgramFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ProgramFailure";
  }
}

const SHOWN = 300;

/** Text of a stranger, short enough for one line of a table; control characters are shown, never sent to a terminal. */
export function quoteOutput(text: string): string {
  const trimmed = text.trim();
  const shown = trimmed.length > SHOWN ? `${trimmed.slice(0, SHOWN)}…` : trimmed;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return shown.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}
