import { gzipSync } from "node:zlib";

/**
 * A page that takes a while to make.
 * @param {number} rows
 */
export function report(rows) {
  const lines = Array.from({ length: rows }, (_, row) => `${row};${Math.sqrt(row).toFixed(9)};${row % 97}`);
  return gzipSync(lines.join("\n"));
}
