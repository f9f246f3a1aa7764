import { z } from "zod";
import { loadResult } from "./plan.js";

/** What the generator process prints, one JSON object per line. It reads one line: `start`, after `connected`. */
export const fromGenerator = z.discriminatedUnion("type", [
  z.object({ type: z.literal("connected") }),
  z.object({ type: z.literal("window-start") }),
  z.object({ type: z.literal("window-end") }),
  z.object({ type: z.literal("result"), result: loadResult }),
]);

export type FromGenerator = z.infer<typeof fromGenerator>;

/** What the delay server prints once it listens. */
export const fromDownstream = z.object({ port: z.int().min(1).max(65_535) });
