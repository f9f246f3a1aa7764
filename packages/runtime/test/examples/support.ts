import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { type Ended, runNode } from "../docs/run-node.js";
import { ROOT, translateAll, workshop } from "../docs/workshop.js";

const LIMIT_MS = 30_000;
const folder = workshop();

/** Makes an example run on the library of this build; gives the file to start. Its text stays as it stands. */
export async function example(name: string, program: string): Promise<string> {
  const from = join(ROOT, "examples", name);
  const to = join(folder, name);
  mkdirSync(to, { recursive: true });
  await translateAll(
    from,
    readdirSync(from).filter((file) => file.endsWith(".mjs")),
    to,
    ".mjs",
  );
  return join(to, program);
}

/** A folder for what an example reads. */
export const scratch = folder;

/** Runs an example to its end. */
export async function run(file: string, ...args: readonly string[]): Promise<Ended> {
  const ended = await runNode([file, ...args], folder, LIMIT_MS);
  if (ended.tooLong) throw new Error(`${file} did not end: ${ended.stdout}${ended.stderr}`);
  return ended;
}

export interface Server {
  readonly url: string;
  /** Asks it to end, and gives its exit code; null when it had to be killed. */
  stop(): Promise<number | null>;
  /** What it wrote on stderr. */
  readonly stderr: () => string;
}

/** Starts a server of an example on a free port. It is gone when the test file ends, whatever happened. */
export async function serve(file: string, env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...own } = process.env;
  const child = spawn(process.execPath, [file], { env: { ...own, PORT: "0", ...env } });
  after(() => child.kill("SIGKILL"));
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const exit = once(child, "exit");
  const url = await Promise.race([
    urlOf(child),
    exit.then(([code]) => Promise.reject(new Error(`the server ended with exit code ${code}: ${stderr}`))),
    wait(LIMIT_MS, undefined, { ref: false }).then(() => Promise.reject(new Error(`no server: ${stderr}`))),
  ]);
  return {
    url,
    stderr: () => stderr,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
      const [code] = (await exit) as [number | null];
      clearTimeout(timer);
      return code;
    },
  };
}

async function urlOf(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    const url = /listening on (\S+)\/\n/.exec(text)?.[1];
    if (url !== undefined) {
      child.stdout?.resume();
      return url;
    }
  }
  throw new Error(`it never said where it listens: ${text}`);
}
