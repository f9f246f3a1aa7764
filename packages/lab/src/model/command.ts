import { dirname, join } from "node:path";
import type { ModelFile } from "./schema.js";

/** What the placeholders of model.json stand for; `out` is null where nothing is built. */
export interface Places {
  readonly runtime: string;
  readonly dir: string;
  readonly out: string | null;
}

const PLACEHOLDER = /\{(runtime|dir|out|tool:([\w.+-]{1,64}))\}/g;
/** Looks meant as a placeholder; JSON in an argument does not match. */
const LOOKS_MEANT = /\{[a-z]+(?::[^{}"]*)?\}/g;

/** Fills in a command. Text that comes from a placeholder is not searched again. */
export function fillIn(command: readonly string[], places: Places): string[] {
  return command.map((word) =>
    word.replace(PLACEHOLDER, (_, key: string, tool: string | undefined) => {
      if (key === "runtime") return places.runtime;
      if (key === "dir") return places.dir;
      if (tool !== undefined) return join(dirname(places.runtime), tool);
      return places.out ?? "";
    }),
  );
}

/** The first placeholder that cannot be filled in, or null. */
export function badPlaceholder(file: ModelFile): { field: string; got: string; expected: string } | null {
  const commands = [
    ...(file.build ?? []).map((command, i) => ({ field: `build.${i}`, command })),
    { field: "start", command: file.start },
  ];
  for (const { field, command } of commands) {
    for (const [i, word] of command.entries()) {
      const where = `${field}.${i}`;
      for (const meant of word.match(LOOKS_MEANT) ?? []) {
        if (meant.replace(PLACEHOLDER, "") === "") continue;
        return {
          field: where,
          got: word,
          expected: "only {runtime}, {tool:NAME}, {dir} and {out} in braces",
        };
      }
      if (file.build === undefined && word.includes("{out}")) {
        return { field: where, got: word, expected: 'no {out} without "build": nothing would be in it' };
      }
    }
  }
  return null;
}
