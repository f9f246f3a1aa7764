import { watchNoise } from "../machine/noise.js";
import { countTree, type TreeDelta } from "../probe/count.js";
import { readTree } from "../probe/tree.js";
import type { ServeResult } from "../program/answer.js";
import type { Target } from "./serve.js";

/** What was seen of the server between the two ends of the measured window. */
export interface Seen {
  /** What the server knows of itself; null for a stranger's. */
  readonly said: ServeResult | null;
  readonly counted: TreeDelta | null;
  readonly noise: { readonly stealShare: number | null; readonly foreignShare: number | null };
}

export interface Window {
  close(): Promise<Seen>;
}

/** Everything that we started hangs below this process, so its tree is what is ours on the box. */
export async function ownCpuMs(): Promise<number> {
  return (await readTree(process.pid, { switches: false }))?.cpuMs ?? Number.NaN;
}

export function openWindow(target: Target): Window {
  target.begin();
  const counter = countTree(target.pid);
  const noise = watchNoise(ownCpuMs);
  return {
    async close(): Promise<Seen> {
      const said = await target.end();
      return { said, counted: await counter.delta(), noise: await noise.stop() };
    },
  };
}
