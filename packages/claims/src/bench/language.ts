import { extname } from "node:path";

/** How a program of a claim is built and started; placeholders as in docs/models.md. */
export interface Recipe {
  /** As the lab's search for runtimes knows it. */
  readonly language: string;
  readonly build?: readonly (readonly string[])[];
  readonly start: readonly string[];
}

/** The language of a program is the ending of its file: one file, no manifest. */
export function recipeOf(file: string): Recipe | null {
  const stem = file.slice(0, -extname(file).length);
  switch (extname(file)) {
    case ".mjs":
    case ".cjs":
      return { language: "node", start: ["{runtime}", `{dir}/${file}`] };
    case ".py":
      return { language: "python", start: ["{runtime}", `{dir}/${file}`] };
    case ".go":
      return {
        language: "go",
        build: [["{runtime}", "build", "-o", `{out}/${stem}`, file]],
        start: [`{out}/${stem}`],
      };
    case ".c":
      return {
        language: "c",
        build: [["{runtime}", "-O2", "-std=gnu11", "-Wall", "-pthread", "-o", `{out}/${stem}`, file, "-lm"]],
        start: [`{out}/${stem}`],
      };
    case ".rs":
      return {
        language: "rust",
        build: [["{tool:rustc}", "--edition", "2021", "-O", "-o", `{out}/${stem}`, file]],
        start: [`{out}/${stem}`],
      };
    case ".java":
      return {
        language: "java",
        build: [["{tool:javac}", "-d", "{out}", file]],
        start: ["{runtime}", "-cp", "{out}", stem],
      };
    default:
      return null;
  }
}
