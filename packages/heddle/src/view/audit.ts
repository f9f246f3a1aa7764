import { harmless, type Paint } from "./paint.js";
import { fold } from "./text.js";

/** The part of `heddle.audit/1` that is printed. */
export interface AuditAnswer {
  readonly rows: readonly {
    readonly name: string;
    readonly possible: boolean;
    readonly law: "little" | "utilization" | null;
    readonly why: string;
  }[];
}

const LAWS = { little: "Little's law", utilization: "the utilization law" } as const;

/** A verdict per row with its reason, then the count. */
export function auditText(answer: AuditAnswer, width: number, paint: Paint): string {
  const rows = answer.rows.map((row) => {
    const broken = row.law === null ? "impossible" : `impossible by ${LAWS[row.law]}`;
    const verdict = row.possible ? paint.good("possible") : paint.bad(broken);
    return `${harmless(row.name)}: ${verdict}\n    ${fold(harmless(row.why), width - 4, "    ")}`;
  });
  const bad = answer.rows.filter((row) => !row.possible).length;
  return [...rows, "", `${bad} of ${answer.rows.length} rows cannot be true.`].join("\n");
}
