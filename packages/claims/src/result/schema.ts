import { machineSchema } from "@heddle/lab";
import { z } from "zod";
import { topics } from "../claim/claim.js";

/**
 * `heddle.claims/1`: everything the report and the article show. Published in packages/claims/schema/claims.schema.json.
 * Compatible growth only: fields may be added, none is renamed or removed.
 */
export const CLAIMS_SCHEMA = "heddle.claims/1";

export const verdictSchema = z.enum(["confirmed", "refuted", "depends", "undecided", "not-testable"]);

const numbers = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.null(), z.array(z.number()).readonly()]),
);
const axis = z.object({
  name: z.string(),
  unit: z.string(),
  scale: z.enum(["linear", "log"]).optional(),
});
const role = z.enum(["claimed", "cure"]).optional();

export const pictureSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("bars"),
    title: z.string(),
    value: axis,
    bars: z.array(z.object({ name: z.string(), value: z.number(), role })).readonly(),
  }),
  z.object({
    kind: z.literal("lines"),
    title: z.string(),
    x: axis,
    y: axis,
    lines: z
      .array(
        z.object({
          name: z.string(),
          points: z.array(z.tuple([z.number(), z.number()]).readonly()).readonly(),
          role,
        }),
      )
      .readonly(),
    mark: z.object({ x: z.number(), name: z.string() }).optional(),
  }),
]);

export const claimResultSchema = z.object({
  id: z.string(),
  topic: z.enum(topics),
  claim: z.string(),
  source: z.string(),
  verdict: verdictSchema,
  /** One or two sentences that name the numbers. */
  why: z.string(),
  /** What it depends on; null unless the verdict is `depends`. */
  on: z.string().nullable(),
  /** Medians over the runs. */
  numbers,
  effect: z
    .object({
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      /** 95 % interval between runs; both ends are the value when there was one run. */
      interval: z.tuple([z.number(), z.number()]),
    })
    .nullable(),
  runs: z.int(),
  perRun: z.array(
    z.object({
      numbers,
      verdict: verdictSchema,
      seed: z.int(),
      tookS: z.number(),
      /** Time of the CPUs that the hypervisor gave to others meanwhile; null where it is not told. */
      stealShare: z.number().nullable(),
    }),
  ),
  /** Runs that gave no numbers, with the reason. */
  failures: z.array(z.string()),
  experiment: z.string().nullable(),
  rule: z.string().nullable(),
  practice: z.string(),
  /** For what cannot be tested here: where it could be, or the command that installs what is missing. */
  where: z.string().nullable(),
  picture: pictureSchema.nullable(),
  tookS: z.number(),
});

export const claimsResult = z.object({
  schema: z.literal(CLAIMS_SCHEMA),
  heddle: z.string(),
  createdAt: z.string(),
  tookS: z.number(),
  seed: z.int(),
  preset: z.enum(["quick", "default"]),
  /** Why this result is not whole (Ctrl+C, no time left), or null. */
  partial: z.string().nullable(),
  machine: machineSchema,
  /** Versions of the runtimes that were used: language to version. */
  runtimes: z.record(z.string(), z.string()),
  claims: z.array(claimResultSchema),
});

export type ClaimsResult = z.infer<typeof claimsResult>;
export type ClaimResult = z.infer<typeof claimResultSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
