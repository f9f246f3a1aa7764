import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Builds the Go side once per run; undefined where there is no Go. */
export async function goBinary() {
  const folder = join(tmpdir(), `heddle-bench-go-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const binary = join(folder, "channels");
  const child = spawn("go", ["build", "-o", binary, "."], {
    cwd: fileURLToPath(new URL("go/", import.meta.url)),
    stdio: ["ignore", "ignore", "inherit"],
  });
  try {
    const [code] = await once(child, "exit");
    return code === 0 ? binary : undefined;
  } catch {
    return undefined;
  }
}
