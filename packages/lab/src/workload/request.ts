import type { ServeWorkload, Workload, WorkloadKind } from "./schema.js";

/** What the user asked of `compare`, as numbers; whatever is undefined was not said. */
export interface CompareRequest {
  /** Workloads of a file, which then say everything that workload options would. */
  readonly file?: { readonly path: string; readonly workloads: readonly Workload[] } | undefined;
  readonly kinds?: readonly WorkloadKind[] | undefined;
  readonly models?: readonly string[] | undefined;
  readonly modelFiles?: readonly string[] | undefined;
  readonly server?: string | undefined;
  readonly url?: string | undefined;
  readonly name?: string | undefined;
  readonly tasks?: number | undefined;
  readonly waitMs?: number | undefined;
  readonly bytes?: number | undefined;
  readonly connections?: number | undefined;
  readonly rate?: number | undefined;
  readonly ioMs?: number | undefined;
  readonly cpuMs?: number | undefined;
  readonly durationS?: number | undefined;
  readonly warmupS?: number | undefined;
  readonly arrivals?: ServeWorkload["arrivals"] | undefined;
  readonly downstream?: boolean | undefined;
  readonly sweepCpuMs?: readonly number[] | undefined;
  readonly runs?: number | undefined;
  readonly seed?: number | undefined;
  readonly p99Ms?: number | undefined;
  readonly memoryMb?: number | undefined;
  readonly placement?: "shared" | "pinned" | undefined;
  readonly quick?: boolean | undefined;
  readonly outDir?: string | undefined;
}

/** The option that sets a field of a request, and the workloads that know it. */
export const WORKLOAD_OPTIONS = [
  { field: "tasks", option: "--tasks", kinds: ["wait", "hash"] },
  { field: "waitMs", option: "--wait", kinds: ["wait"] },
  { field: "bytes", option: "--bytes", kinds: ["hash"] },
  { field: "connections", option: "--connections", kinds: ["serve"] },
  { field: "rate", option: "--rate", kinds: ["serve"] },
  { field: "ioMs", option: "--io", kinds: ["serve"] },
  { field: "cpuMs", option: "--cpu", kinds: ["serve"] },
  { field: "durationS", option: "--duration", kinds: ["serve"] },
  { field: "warmupS", option: "--warmup", kinds: ["serve"] },
  { field: "arrivals", option: "--arrivals", kinds: ["serve"] },
  { field: "downstream", option: "--downstream", kinds: ["serve"] },
  { field: "sweepCpuMs", option: "--sweep", kinds: ["serve"] },
] as const satisfies readonly {
  field: keyof CompareRequest;
  option: string;
  kinds: readonly WorkloadKind[];
}[];
