import type { ModelListing } from "@heddle/lab";
import { harmless, type Paint } from "./paint.js";
import { type Column, table } from "./table.js";
import { fold } from "./text.js";

/** All models as a table; those that cannot run below it, each with the command that installs its runtime. */
export function modelsText(listings: readonly ModelListing[], width: number, paint: Paint): string {
  const ready = listings.filter((each) => each.availability.state === "ready");
  const columns: Column<ModelListing>[] = [
    { title: "model", rank: 0, align: "left", of: (each) => harmless(each.model.name) },
    { title: "language", rank: 2, align: "left", of: (each) => harmless(each.model.language) },
    { title: "version", rank: 1, align: "left", of: version },
    { title: "runs", rank: 5, align: "left", of: (each) => each.model.workloads.join(" ") },
    { title: "notes", rank: 4, align: "left", of: notes },
    {
      title: "what it is",
      rank: 3,
      align: "left",
      of: (each) => harmless(each.model.summary),
      clip: true,
    },
  ];
  const parts = [table(ready, columns, width, paint)];
  for (const old of new Set(ready.flatMap((each) => each.old ?? []))) {
    parts.push(paint.warn(fold(`! ${harmless(old)}`, width, "    ")));
  }
  const absent = listings.filter((each) => each.availability.state === "not-installed");
  if (absent.length > 0) parts.push(`\n${paint.bold("Not installed")}`);
  for (const each of absent) {
    if (each.availability.state !== "not-installed") continue;
    const { why, install } = each.availability;
    parts.push(fold(`${harmless(each.model.name)}: ${harmless(why)}`, width, "    "));
    parts.push(paint.dim(`    ${harmless(install)}`));
  }
  return parts.join("\n");
}

function version(listing: ModelListing): string {
  return listing.availability.state === "ready" ? harmless(listing.availability.version) : "not installed";
}

function notes(listing: ModelListing): string {
  const marks = [
    ...(listing.built ? [] : ["builds first"]),
    ...(listing.model.heavy ? ["not in --quick"] : []),
    ...(listing.model.pool === undefined ? [] : [`pool ${listing.model.pool}`]),
    ...(listing.old === null ? [] : ["old runtime"]),
  ];
  return marks.join(", ");
}
