import { z } from "zod";
import { UserError } from "../error.js";
import { readJson } from "../result/read.js";
import { mistake } from "./mistake.js";
import { hashWorkload, serveWorkload, type Workload, waitWorkload, workloadSchema } from "./schema.js";

const SHAPES = { wait: waitWorkload, hash: hashWorkload, serve: serveWorkload };
const NEXT = "see docs/compare.md, or packages/lab/schema/workload.schema.json";

const forEditors = { $schema: z.string().optional() };

/** What `heddle compare work.json` reads: one workload, or several under `workloads`. */
export const workloadFileSchema = z.union([
  z.discriminatedUnion("kind", [
    waitWorkload.extend(forEditors),
    hashWorkload.extend(forEditors),
    serveWorkload.extend(forEditors),
  ]),
  z.strictObject({ ...forEditors, workloads: z.array(workloadSchema).min(1).max(64) }),
]);

/**
 * The workloads of a file, defaults filled in.
 * @throws UserError BAD_FILE when it cannot be read or is not JSON, BAD_WORKLOAD when a field is wrong.
 */
export async function readWorkloads(path: string): Promise<Workload[]> {
  return workloadsIn(await readJson(path, NEXT), path);
}

/**
 * The workloads in a value that messages call `source`.
 * @throws UserError BAD_WORKLOAD when a field is wrong.
 */
export function workloadsIn(value: unknown, source: string): Workload[] {
  if (!isRecord(value) || !("workloads" in value)) return [checkWorkload(value, source)];
  const { $schema: _, workloads, ...rest } = value;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) {
    throw bad(
      source,
      `has an unknown field "${unknown.slice(0, 80)}"`,
      undefined,
      "only workloads beside $schema",
    );
  }
  if (!Array.isArray(workloads) || workloads.length === 0 || workloads.length > 64) {
    throw bad(source, 'has a bad field "workloads"', workloads, "an array of 1 to 64 workloads");
  }
  return workloads.map((each: unknown, index) => checkWorkload(each, source, `workloads[${index}]`));
}

/**
 * One workload, defaults filled in. `within` is the path of `value` in its file.
 * @throws UserError BAD_WORKLOAD that names the field.
 */
export function checkWorkload(value: unknown, source: string, within = ""): Workload {
  if (!isRecord(value)) {
    throw bad(
      source,
      within === "" ? "is not a workload" : `has a bad field "${within}"`,
      value,
      "a JSON object",
    );
  }
  const { $schema: _, ...fields } = value;
  const shape = Object.entries(SHAPES).find(([kind]) => kind === fields["kind"])?.[1];
  if (shape === undefined) {
    const field = within === "" ? "kind" : `${within}.kind`;
    throw bad(source, `has a bad field "${field}"`, fields["kind"], '"wait", "hash" or "serve"');
  }
  const parsed = shape.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw mistake("BAD_WORKLOAD", parsed.error, {
    source,
    within,
    value: fields,
    fields: Object.keys(shape.shape),
    next: NEXT,
  });
}

function bad(source: string, wrong: string, value: unknown, expected: string): UserError {
  const got = value === undefined ? {} : { got: JSON.stringify(value).slice(0, 120) };
  return new UserError("BAD_WORKLOAD", { what: `${source} ${wrong}`, ...got, expected, next: NEXT });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
