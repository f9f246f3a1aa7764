import type { ClaimResult } from "@heddle/claims";
import { wordsOf } from "@heddle/claims/words";
import { amount, duration, NOTHING, percent } from "../../shared/number.js";
import { plain } from "../../shared/text.js";
import { type Child, type Html, html } from "../html.js";
import { words } from "../name.js";
import { type Column, table } from "../table.js";
import { pictureTable } from "./picture.js";

type Value = ClaimResult["numbers"][string];

const MOST_NUMBERS = 80;
const MOST_STEPS = 100;
/** More runs than these have no column of their own; the raw data has them. */
const MOST_RUNS = 9;

/** Everything that was measured: figures by run, sweeps by step, and what each run was like. */
export function numbersFold(claim: ClaimResult): Html | null {
  const names = Object.keys(claim.numbers).slice(0, MOST_NUMBERS);
  if (names.length === 0) return null;
  const single = names.filter((name) => !Array.isArray(claim.numbers[name]));
  return html`<details class="fold"><summary>Numbers</summary>${claim.picture !== null && pictureTable(claim.picture)}${singles(claim, single)}${sweeps(claim, names)}${runs(claim)}</details>`;
}

function singles(claim: ClaimResult, names: readonly string[]): Html | null {
  if (names.length === 0) return null;
  const runs = claim.perRun.slice(0, MOST_RUNS);
  const columns: Column<string>[] = [
    { head: "Name", cell: (name) => nameOf(name) },
    { head: "Over all runs", numeric: true, cell: (name) => shown(claim.numbers[name]) },
    ...(runs.length < 2 ? [] : runs).map((run, at) => ({
      head: `Run ${at + 1}`,
      numeric: true,
      cell: (name: string): Child => shown(run.numbers[name]),
    })),
  ];
  return table("As measured: medians, and each run", columns, names);
}

/** Sweeps of the same length share a table: their steps belong together. */
function sweeps(claim: ClaimResult, names: readonly string[]): Html[] {
  const lists = names.flatMap((name) => {
    const list = listOf(claim.numbers[name]);
    return list === null || list.length === 0 ? [] : [{ name, list }];
  });
  const lengths = [...new Set(lists.map(({ list }) => list.length))];
  return lengths.map((length) => {
    const own = lists.filter(({ list }) => list.length === length);
    const steps = Array.from({ length: Math.min(length, MOST_STEPS) }, (_, at) => at);
    return table(
      `Step by step, medians over all runs${length > MOST_STEPS ? `; the first ${MOST_STEPS} of ${length}` : ""}`,
      [
        { head: "Step", cell: (at: number) => String(at + 1) },
        ...own.map(({ name, list }) => ({
          head: plain(name, 60),
          numeric: true,
          cell: (at: number) => amount(list[at]),
        })),
      ],
      steps,
    );
  });
}

function runs({ perRun, effect }: ClaimResult): Html | null {
  if (perRun.length === 0 || effect === null) return null;
  return table(
    "The runs",
    [
      { head: "Run", cell: ({ at }) => String(at + 1) },
      { head: "Verdict alone", cell: ({ run }) => wordsOf(run.verdict).word },
      { head: "Took", numeric: true, cell: ({ run }) => duration(run.tookS) },
      {
        head: "Stolen",
        title: "Time of the processors that the hypervisor gave to others meanwhile",
        numeric: true,
        cell: ({ run }) => percent(run.stealShare),
      },
      { head: "Seed", numeric: true, cell: ({ run }) => String(run.seed) },
    ],
    perRun.slice(0, MOST_STEPS).map((run, at) => ({ run, at })),
  );
}

function shown(value: Value | undefined): Child {
  if (value === null || value === undefined) return NOTHING;
  return typeof value === "string" ? words(value, 400) : typeof value === "number" ? amount(value) : NOTHING;
}

function listOf(value: Value | undefined): readonly number[] | null {
  return Array.isArray(value) ? value : null;
}

const nameOf = (name: string) => html`<code><bdi>${plain(name, 60)}</bdi></code>`;
