import type { CellWorkload } from "../result/schema.js";
import { hashBytes } from "./calibrate.js";
import type { ComparePlan } from "./plan.js";

/** The workloads as cells name them: the sweep spread out, the hashed buffer sized for this machine. */
export function cellWorkloads(plan: ComparePlan): CellWorkload[] {
  let bytes: number | undefined;
  return plan.workloads.flatMap((workload): CellWorkload[] => {
    if (workload.kind === "hash") {
      bytes ??= hashBytes();
      return [{ ...workload, bytes: workload.bytes ?? bytes }];
    }
    if (workload.kind === "serve" && plan.sweepCpuMs !== null) {
      return plan.sweepCpuMs.map((cpuMs) => ({ ...workload, cpuMs }));
    }
    return [workload];
  });
}

/** How many connections, threads and MiB of results the plan needs, for the preflight. */
export function needsOf(workloads: readonly CellWorkload[]): { connections: number; threads: number } {
  const connections = Math.max(0, ...workloads.map((one) => (one.kind === "serve" ? one.connections : 0)));
  const tasks = Math.max(0, ...workloads.map((one) => (one.kind === "wait" ? one.tasks : 0)));
  return { connections, threads: Math.max(connections, tasks) };
}
