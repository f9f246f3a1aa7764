import { z } from "zod";
import { UserError } from "../error.js";

const milliseconds = z.number().min(0).max(1e9);

/** One row of a published table, as `heddle audit` reads it. */
export const auditTableRow = z.strictObject({
  name: z.string().min(1).max(200).describe("what the row is called"),
  connections: z.number().positive().max(1e9).describe("connections (or tasks) at work at once"),
  waitMs: milliseconds.describe("how long every request waits at least, in milliseconds; 0 if it does not"),
  throughputPerS: z
    .number()
    .min(0)
    .max(1e12)
    .optional()
    .describe("requests per second; left out: a closed loop without think time"),
  latencyMs: z
    .strictObject({
      mean: milliseconds.optional(),
      p50: milliseconds.optional(),
      p90: milliseconds.optional(),
      p95: milliseconds.optional(),
      p99: milliseconds.optional(),
      p999: milliseconds.optional(),
      max: milliseconds.optional(),
    })
    .default({})
    .describe("what the table says of latency, in milliseconds"),
  cpuMsPerRequest: milliseconds.optional().describe("CPU per request, in milliseconds of one core"),
  cores: z.number().positive().max(1e6).optional().describe("cores the server could use"),
  memoryMb: z.number().min(0).optional().describe("not judged; kept so that a table can be pasted whole"),
  source: z.string().max(1_000).optional().describe("where the row was published"),
  note: z.string().max(1_000).optional(),
});

export const auditTableSchema = z.array(auditTableRow).min(1).max(10_000);

export type AuditTableRow = z.infer<typeof auditTableRow>;

const LATENCIES = Object.keys(auditTableRow.shape.latencyMs.unwrap().shape).join(", ");
const EXAMPLE =
  '[{ "name": "node", "connections": 10000, "waitMs": 10, "latencyMs": { "p50": 11 }, "cpuMsPerRequest": 0.5, "cores": 1 }]';
const EXPECTED: Readonly<Record<string, string>> = {
  "": `a list of at least one row, such as ${EXAMPLE}`,
  row: `an object with the fields ${Object.keys(auditTableRow.shape).join(", ")}`,
  name: "a text of 1 to 200 characters",
  connections: "a number above 0",
  waitMs: "milliseconds, a number from 0 up",
  throughputPerS: "requests per second, a number from 0 up, or nothing for a closed loop",
  latencyMs: `an object with some of ${LATENCIES}`,
  cpuMsPerRequest: "milliseconds, a number from 0 up",
  cores: "a number above 0",
  memoryMb: "a number from 0 up",
};

/** @throws UserError BAD_FILE naming the first row and field that is wrong. */
export function parseAuditTable(rows: unknown): readonly AuditTableRow[] {
  const parsed = auditTableSchema.safeParse(rows);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw new Error("a table was refused without a reason; this is a bug in Heddle");
  const unknownKey = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...unknownKey];
  const [row, field, part] = path;
  const got = path.reduce<unknown>(step, rows);
  throw new UserError("BAD_FILE", {
    what: `The table to audit cannot be used${place(rows, row, field, part)}.`,
    got: unknownKey.length > 0 ? `the unknown field "${String(unknownKey[0])}"` : shown(got),
    expected: expected(row, field, part, unknownKey.length > 0),
    next: "heddle audit --help",
  });
}

function expected(row: unknown, field: unknown, part: unknown, unknownField: boolean): string {
  if (row === undefined) return EXPECTED[""] ?? "";
  if (field === undefined || (unknownField && part === undefined)) return EXPECTED["row"] ?? "";
  if (part !== undefined) {
    return unknownField ? (EXPECTED["latencyMs"] ?? "") : "milliseconds, a number from 0 up";
  }
  return EXPECTED[String(field)] ?? "a text";
}

function place(rows: unknown, row: unknown, field: unknown, part: unknown): string {
  if (typeof row !== "number") return "";
  const name = step(step(rows, row), "name");
  const called = typeof name === "string" ? ` (${name.slice(0, 60)})` : "";
  const at = [field, part].filter((key) => key !== undefined).join(".");
  return `: row ${row + 1}${called}${at === "" ? "" : `, field ${at}`}`;
}

function step(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? typeof value);
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}
