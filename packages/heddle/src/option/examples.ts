/** The "Examples" section of a help text. */
export function examples(rows: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...rows.map(([line]) => line.length));
  return `\nExamples:\n${rows.map(([line, meaning]) => `  $ ${line.padEnd(width)}  # ${meaning}`).join("\n")}`;
}
