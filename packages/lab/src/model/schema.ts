import { z } from "zod";

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "lower-case letters, digits and dashes, at most 64");
const workloads = z.array(z.enum(["wait", "hash", "serve"])).min(1);
const command = z.array(z.string().max(4_096)).min(1).max(64);

/** `model.json`, as docs/models.md documents it. */
export const modelSchema = z.strictObject({
  $schema: z.string().optional(),
  name,
  language: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, "lower-case letters, digits and dashes"),
  atLeast: z
    .string()
    .regex(/^\d+(\.\d+){0,2}$/, 'a version like "21" or "3.13"')
    .optional(),
  summary: z.string().max(200),
  workloads,
  build: z.array(command).optional(),
  sources: z.array(z.string()).optional(),
  start: command,
  pool: z.int().min(1).max(10_000).optional(),
  variants: z
    .array(z.strictObject({ name, pool: z.int().min(1).max(10_000), workloads: workloads.optional() }))
    .optional(),
  heavy: z.boolean().optional(),
});

export type ModelFile = z.infer<typeof modelSchema>;

/** A model ready to be listed: one per name, variants expanded. */
export interface Model {
  readonly name: string;
  readonly language: string;
  readonly summary: string;
  readonly workloads: readonly ("wait" | "hash" | "serve")[];
  /** Absolute folder of model.json. */
  readonly dir: string;
  readonly file: ModelFile;
  readonly pool: number | undefined;
  readonly heavy: boolean;
  /** True for a model given by `--model`, which is not one of ours. */
  readonly foreign: boolean;
}

/** Whether this machine can run a model. */
export type Availability =
  | { readonly state: "ready"; readonly runtime: string; readonly version: string }
  | { readonly state: "not-installed"; readonly why: string; readonly install: string };

/** A model that is built and can be started: `[...argv, workloadJson]`. */
export interface StartableModel {
  readonly model: Model;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly version: string;
}
