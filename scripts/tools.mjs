// The programs that tests need beside Node, and how to get them.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { must } from "./ensure.mjs";

/** Any one of `commands` will do; `apt` names its Debian packages. */
export const TOOLS = [
  {
    what: "a Chromium browser",
    commands: ["chromium", "chromium-browser", "google-chrome"],
    apt: "chromium",
    skips: "the report in a real browser",
  },
  { what: "Go", commands: ["go"], apt: "golang-go", skips: "the Go models" },
  { what: "Python 3", commands: ["python3"], apt: "python3", skips: "the Python models" },
  { what: "Rust", commands: ["rustc"], apt: "rustc", skips: "the Rust models" },
  { what: "Cargo", commands: ["cargo"], apt: "cargo", skips: "the Rust models" },
  { what: "a JDK", commands: ["javac"], apt: "default-jdk-headless", skips: "the Java models" },
  {
    what: "a C compiler",
    commands: ["cc", "gcc", "clang"],
    apt: "gcc libc6-dev",
    skips: "the claims with a program in C",
  },
  { what: "wrk", commands: ["wrk"], apt: "wrk", skips: "the load generator beside wrk" },
  { what: "ps", commands: ["ps"], apt: "procps", skips: "tests that look for processes left behind" },
  { what: "taskset and unshare", commands: ["taskset"], apt: "util-linux", skips: "pinned placement" },
];

/** The tools that this machine does not have. */
export function missingTools() {
  return TOOLS.filter((tool) => !tool.commands.some(onPath));
}

/** As root on Debian, installs the packages of what is missing; elsewhere does nothing. */
export async function installTools() {
  const missing = missingTools();
  if (missing.length === 0 || process.getuid?.() !== 0 || !onPath("apt-get")) return;
  const names = missing.flatMap((tool) => tool.apt.split(" "));
  console.error(`heddle: installing what the tests need: ${names.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const quiet = { env, stdio: ["ignore", "ignore", "inherit"] };
  spawnSync("apt-get", ["update", "-qq"], quiet);
  await must(
    "installing packages",
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", ...names],
    quiet,
  );
}

function onPath(command) {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
