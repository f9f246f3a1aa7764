import { stripVTControlCharacters } from "node:util";

/** Breaks text at spaces so that no line is wider than `width`; later lines are indented. */
export function fold(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const start = lines.length === 0 ? "" : indent;
    if (line === "") line = start + word;
    else if (columns(line) + 1 + columns(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].join("\n");
}

/** Colours take no room. */
function columns(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Width to lay text out for: the terminal's, COLUMNS, or 120 for files and pipes. Never below 40. */
export function widthOf(stream: { readonly columns?: number }, env: NodeJS.ProcessEnv): number {
  const width = stream.columns ?? Number.parseInt(env["COLUMNS"] ?? "", 10);
  return Number.isFinite(width) && width > 0 ? Math.max(40, width) : 120;
}
