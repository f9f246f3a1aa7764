import type { Readable } from "node:stream";

/**
 * Splits a stream of a stranger into lines. A line longer than `limit` bytes ends the reading through `onOverflow`:
 * a program that never prints a newline must not fill our memory.
 */
export function readLines(
  stream: Readable,
  limit: number,
  onLine: (line: string) => void,
  onOverflow: () => void,
): void {
  let parts: string[] = [];
  let length = 0;
  let over = false;
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    if (over) return;
    let from = 0;
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", from)) {
      parts.push(chunk.slice(from, end));
      const line = parts.join("");
      parts = [];
      length = 0;
      from = end + 1;
      if (line.trim() !== "") onLine(line);
    }
    if (from < chunk.length) {
      parts.push(chunk.slice(from));
      length += chunk.length - from;
    }
    if (length > limit) {
      over = true;
      parts = [];
      onOverflow();
    }
  });
}

/** Keeps the last `limit` characters of a stream, for error messages. */
export function keepTail(stream: Readable, limit: number): () => string {
  let tail = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    tail = (tail + chunk).slice(-limit);
  });
  return () => tail;
}
