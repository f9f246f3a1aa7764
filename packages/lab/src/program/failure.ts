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
const CAUSE = /\w*(error|exception|panic\w*|cannot|failed)\b/i;

/** What a program that died most likely wanted to say: its last line that names an error, else its last three lines. */
export function lastWords(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const cause = lines.findLast((line) => CAUSE.test(line) && !/^\s+at /.test(line));
  return quoteOutput(cause ?? lines.slice(-3).join(" | "));
}

/** Text of a stranger, short enough for one line of a table; control characters are shown, never sent to a terminal. */
export function quoteOutput(text: string): string {
  const trimmed = text.trim();
  const shown = trimmed.length > SHOWN ? `${trimmed.slice(0, SHOWN)}…` : trimmed;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return shown.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}
