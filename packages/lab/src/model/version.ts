/** Compares dotted versions number by number; what is missing or no number counts as 0. */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a);
  const right = numbers(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): number[] {
  return version.split(/[.+_-]/, 4).map((part) => Number.parseInt(part, 10) || 0);
}

/** The newest version of each language that its makers have stopped improving for speed. */
const current: Readonly<Record<string, { readonly atLeast: string; readonly why: string }>> = {
  node: { atLeast: "22", why: "Node before 22 is near or past its end of support" },
  python: { atLeast: "3.11", why: "Python before 3.11 lacks the specialising interpreter" },
  go: { atLeast: "1.21", why: "Go before 1.21 lacks profile-guided builds and newer scheduler work" },
  java: { atLeast: "21", why: "Java before 21 has no virtual threads" },
};

/** One line for people whose runtime is so old that its figures speak for the past, or null. */
export function oldRuntime(language: string, version: string): string | null {
  const known = current[language];
  if (known === undefined || version === "" || compareVersions(version, known.atLeast) >= 0) return null;
  return `${known.why}: ${version} is old, figures of a current version may differ`;
}
