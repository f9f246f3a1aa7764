/** ` (did you mean "threads"?)`, or nothing where no known name is near. Capitals count for nothing. */
export function didYouMean(name: string, rules: object): string {
  const far = (one: string) => distance(name.toLowerCase(), one.toLowerCase());
  const [near = ""] = Object.keys(rules).toSorted((a, b) => far(a) - far(b));
  return far(near) <= Math.max(name.length, near.length) / 3
    ? ` (did you mean ${JSON.stringify(near)}?)`
    : "";
}

/** Letters to put in, take out or change, or neighbours to swap, one for each: "optimal string alignment". */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        at(row, j - 1) + (same ? 0 : 1),
        at(row, j) + 1,
        at(next, j - 1) + 1,
        swapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
