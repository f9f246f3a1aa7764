import { readFileSync } from "node:fs";

/** One way to install a language's runtime: a Debian command where there is a package, and the official site. */
interface Hint {
  readonly debian?: (atLeast: string | undefined) => string;
  readonly mac?: string;
  readonly site: string;
}

const hints: Readonly<Record<string, Hint>> = {
  node: { site: "https://nodejs.org" },
  python: {
    debian: () => "sudo apt-get install python3",
    mac: "brew install python",
    site: "https://www.python.org",
  },
  "python-free-threaded": { site: "uv python install 3.14t (https://docs.astral.sh/uv)" },
  go: { debian: () => "sudo apt-get install golang-go", mac: "brew install go", site: "https://go.dev/dl" },
  rust: { debian: () => "sudo apt-get install cargo", mac: "brew install rust", site: "https://rustup.rs" },
  java: {
    debian: (atLeast) =>
      atLeast === undefined
        ? "sudo apt-get install default-jdk-headless"
        : `sudo apt-get install openjdk-${atLeast}-jdk-headless (or https://adoptium.net)`,
    mac: "brew install openjdk",
    site: "https://adoptium.net",
  },
  c: {
    debian: () => "sudo apt-get install gcc libc6-dev",
    mac: "xcode-select --install",
    site: "https://gcc.gnu.org",
  },
  bun: { site: "https://bun.sh" },
  deno: { site: "https://deno.com" },
};

/** The command, or the official site, that installs the runtime on this system. */
export function installHint(language: string, atLeast: string | undefined): string {
  const hint = hints[language];
  if (hint === undefined) return "install it, or correct the path in model.json";
  if (process.platform === "darwin" && hint.mac !== undefined) return hint.mac;
  if (hint.debian !== undefined && isDebian()) return hint.debian(atLeast);
  return hint.site;
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(
      readFileSync("/etc/os-release", "utf8").slice(0, 16_384),
    );
  } catch {
    return false;
  }
}
