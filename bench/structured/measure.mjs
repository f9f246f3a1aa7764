import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const CHILD = fileURLToPath(new URL("child.mjs", import.meta.url));
const LIMIT_MS = 120_000;

/** One number from a process of its own, or `{ failed: why }`. */
export function measure(row, side, go) {
  const args = ["--expose-gc", "--max-old-space-size=8192", CHILD, row, side];
  const options = {
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 24,
    env: { ...process.env, NODE_ENV: "production", HEDDLE_BENCH_GO: go ?? "" },
  };
  return new Promise((done) => {
    execFile(process.execPath, args, options, (error, out, err) => {
      const last = out.trim().split("\n").at(-1) ?? "";
      try {
        done(JSON.parse(last).value);
      } catch {
        done({ failed: `${error?.message ?? "no result"} ${err.slice(-400)}` });
      }
    });
  });
}
