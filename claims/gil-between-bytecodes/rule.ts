import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

/** The instructions that the text shows. */
export const TEXT = "LOAD_GLOBAL LOAD_CONST BINARY_ADD STORE_GLOBAL";

export type Places = {
  /** "2.7,3.6,...,3.13", oldest first, in the order of the sweeps. */
  readonly versions: string;
  /** What each version's `dis` shows for the statement, "; " between them. */
  readonly instructions: string;
  /** Switches seen, and those of them after each of the statement's first three instructions. */
  readonly samples: readonly number[];
  readonly afterLoad: readonly number[];
  readonly afterConstant: readonly number[];
  readonly afterAdd: readonly number[];
};

/** Pure: "any two" holds for a version when a switch was seen at each of the three places between the four instructions. */
export function decide(numbers: Places): Decision {
  const shown = numbers.instructions.split("; ");
  const rows = numbers.versions.split(",").map((version, at) => {
    const places = [numbers.afterLoad, numbers.afterConstant, numbers.afterAdd].map((seen) => seen[at] ?? 0);
    return { version, instructions: shown[at] ?? "", open: places.filter((seen) => seen > 0).length };
  });
  const newest = rows.at(-1);
  const never = rows.filter(({ open }) => open === 0);
  const partly = rows.filter(({ open }) => open > 0 && open < 3);
  const fully = rows.filter(({ open }) => open === 3);
  const told = [
    group(fully, "switched at every place inside `counter += 1`"),
    group(partly, "switched inside `counter += 1`, though not at every place"),
    group(never, "never switched inside it, only elsewhere in the loop"),
  ].filter((text) => text !== "");
  const asShown = rows.filter(({ instructions }) => instructions === TEXT).length;
  const why = `${told.join("; ")} (${Math.min(...numbers.samples)} switches or more watched in each). The instructions are as the text shows them in ${asShown} of ${rows.length} versions; Python ${newest?.version}: ${newest?.instructions.replaceAll(" ", ", ")}`;
  const measured = effect(
    `places inside \`counter += 1\` where Python ${newest?.version} switched, of 3`,
    newest?.open ?? 0,
  );
  if (fully.length === rows.length) return confirmed(why, measured);
  return fully.length === 0 ? refuted(why, measured) : depends("the Python version", why, measured);
}

function group(rows: readonly { readonly version: string }[], what: string): string {
  return rows.length === 0 ? "" : `Python ${rows.map(({ version }) => version).join(", ")} ${what}`;
}
