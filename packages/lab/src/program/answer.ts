import { z } from "zod";

/** What programs print, as docs/models.md promises it. Programs are strangers: every line is checked. */
const milliseconds = z.number().min(0).max(1e9);
const switches = z.number().min(0).max(1e15);

export const usageSchema = z.object({
  userMs: milliseconds.optional(),
  systemMs: milliseconds.optional(),
  voluntary: switches.optional(),
  involuntary: switches.optional(),
});

export const loopSchema = z.object({
  delayP50Ms: milliseconds,
  delayP99Ms: milliseconds,
  delayMaxMs: milliseconds,
  utilization: z.number().min(0).max(1.5),
});

export const readySchema = z.looseObject({ port: z.int().min(1).max(65_535).optional() });

export const tasksResultSchema = z.object({
  latencyMs: z.array(milliseconds).min(1),
  insideMs: z.array(milliseconds).optional(),
  totalMs: milliseconds,
  digest: z.string().max(128).optional(),
  singleMs: milliseconds.optional(),
  usage: usageSchema.optional(),
  loop: loopSchema.optional(),
});

export const serveResultSchema = z.object({
  requests: z.number().min(0),
  usage: usageSchema.optional(),
  loop: loopSchema.optional(),
});

/** The lab computes the kernel once itself to know the body: no core does a hundred million rounds in 1 ms. */
export const calibrateResultSchema = z.object({ roundsPerMs: z.number().positive().max(1e8) });

export type Usage = z.infer<typeof usageSchema>;
export type LoopFigures = z.infer<typeof loopSchema>;
export type TasksResult = z.infer<typeof tasksResultSchema>;
export type ServeResult = z.infer<typeof serveResultSchema>;
