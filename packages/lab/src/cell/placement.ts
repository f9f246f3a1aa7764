import { splitCores } from "../machine/cores.js";
import { parseCpuList } from "../machine/cpus.js";
import type { RunContext } from "./run.js";

/** CPU lists to hold server and generator to (null: all), and how many cores that leaves the server. */
export interface Placement {
  readonly server: string | null;
  readonly generator: string | null;
  readonly cores: number;
}

/** Pinned, the server has one core to itself, as the generator has. */
export function placementOf(
  context: Pick<RunContext, "placement" | "cores">,
  split: { server: string; generator: string } = splitCores(),
): Placement {
  if (context.placement === "shared") return { server: null, generator: null, cores: context.cores };
  const [first = 0] = parseCpuList(split.server);
  return { server: `${first}`, generator: split.generator, cores: 1 };
}
