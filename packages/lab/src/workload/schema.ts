import { z } from "zod";

/**
 * The workloads, as users write them (JSON file or options) after defaults are filled in.
 * Field names are those of the published result schema; milliseconds and bytes are in the names.
 */
export const waitWorkload = z.strictObject({
  kind: z.literal("wait"),
  tasks: z.int().min(1).max(1_000_000).default(1_000).describe("tasks submitted at once"),
  waitMs: z.number().min(0).max(60_000).default(10).describe("how long each task waits, in milliseconds"),
});

export const hashWorkload = z.strictObject({
  kind: z.literal("hash"),
  tasks: z.int().min(1).max(1_000_000).default(1_000).describe("hashes computed"),
  bytes: z
    .int()
    .min(1)
    .max(256 * 1024 * 1024)
    .optional()
    .describe("size of the hashed buffer; left out: about 1 ms of hashing on this machine"),
});

export const serveWorkload = z.strictObject({
  kind: z.literal("serve"),
  connections: z.int().min(1).max(50_000).default(100).describe("keep-alive connections held open"),
  rate: z
    .number()
    .positive()
    .max(200_000)
    .default(500)
    .describe("requests per second, arriving whether or not earlier ones were answered"),
  ioMs: z.number().min(0).max(60_000).default(10).describe("wait per request, in milliseconds"),
  cpuMs: z
    .number()
    .min(0)
    .max(60_000)
    .default(0)
    .describe("computing per request, in milliseconds of one core"),
  durationS: z
    .number()
    .positive()
    .max(3_600)
    .default(10)
    .describe("length of the measured window, in seconds"),
  arrivals: z.enum(["poisson", "constant", "bursty"]).default("poisson").describe("how requests arrive"),
  downstream: z
    .boolean()
    .default(false)
    .describe("true: the wait is a real call over a pooled socket to a delay server, instead of a timer"),
});

export const workloadSchema = z.discriminatedUnion("kind", [waitWorkload, hashWorkload, serveWorkload]);

export type WaitWorkload = z.infer<typeof waitWorkload>;
export type HashWorkload = z.infer<typeof hashWorkload>;
export type ServeWorkload = z.infer<typeof serveWorkload>;
export type Workload = z.infer<typeof workloadSchema>;
export type WorkloadKind = Workload["kind"];
