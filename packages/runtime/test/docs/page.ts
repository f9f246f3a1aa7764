/** A fenced ```ts block of a page. */
export interface Block {
  /** The line of the page where its code begins, from 1. */
  readonly line: number;
  /** The name in its first line `// file: name`, if it has one. */
  readonly file: string | undefined;
  readonly text: string;
}

/** A block that is run, with the files that blocks before it on the page have made. */
export interface Program extends Block {
  readonly page: string;
  readonly files: readonly Block[];
}

const FENCE = /^(?<indent>[ \t]*)```ts\b[^\n]*\n(?<text>[\s\S]*?)^[ \t]*```/gm;
const FILE = /^\/\/ file: (\S+)\n/;

export function blocksOf(text: string): Block[] {
  return [...text.matchAll(FENCE)].map(({ index, groups = {} }) => {
    const line = text.slice(0, index).split("\n").length + 1;
    const code = groups["text"] ?? "";
    if (groups["indent"] !== "")
      throw new Error(`line ${line - 1}: an indented block is not run; move it out`);
    return { line, file: FILE.exec(code)?.[1], text: code };
  });
}

/** The programs of a page. A file stays for all blocks after it; a later one of the same name takes its place. */
export function programsOf(page: string, text: string): Program[] {
  const files = new Map<string, Block>();
  const unused = new Set<string>();
  const programs: Program[] = [];
  for (const block of blocksOf(text)) {
    if (block.file === undefined) {
      programs.push({ ...block, page, files: [...files.values()] });
      unused.clear();
    } else {
      files.set(block.file, block);
      unused.add(block.file);
    }
  }
  if (unused.size > 0) throw new Error(`${page}: no block after it uses ${[...unused].join(", ")}`);
  return programs;
}
