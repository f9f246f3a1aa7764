import type { Notice } from "../result/schema.js";
import { readFacts } from "./facts.js";
import { judgeMachine } from "./judge.js";
import type { Needs } from "./needs.js";

/**
 * Says before anything is measured what this machine cannot do for these needs: one line each, with what mends it,
 * blockers first; empty when all is well. Takes 200 ms, in which it watches the CPUs, and writes nothing.
 */
export async function preflight(needs: Needs): Promise<Notice[]> {
  return judgeMachine(await readFacts(needs.outDir), needs);
}
