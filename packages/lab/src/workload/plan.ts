import type { ComparePlan, ServerTarget } from "../compare/plan.js";
import { UserError } from "../error.js";
import { mistake } from "./mistake.js";
import { DEFAULT_OUT, DEFAULT_PRESET, DEFAULT_SEED, type Preset, QUICK_PRESET } from "./preset.js";
import { type CompareRequest, WORKLOAD_OPTIONS } from "./request.js";
import { type ServeWorkload, type Workload, type WorkloadKind, workloadSchema } from "./schema.js";

const KINDS: readonly WorkloadKind[] = ["wait", "hash", "serve"];
/** What a file of workloads has no field for. */
const BESIDE_FILE: readonly string[] = ["--warmup", "--sweep"];

/**
 * The whole plan behind a request: presets filled in, contradictions refused.
 * Pure: no file is opened and no clock is read.
 * @throws UserError BAD_OPTION when options contradict each other, BAD_WORKLOAD when a number is out of bounds.
 */
export function planOf(request: CompareRequest): ComparePlan {
  const preset = request.quick === true ? QUICK_PRESET : DEFAULT_PRESET;
  const server = serverOf(request);
  const workloads = workloadsOf(request, preset, server);
  const serves = workloads.some((workload) => workload.kind === "serve");
  if (server !== null && !serves) {
    throw contradiction("--server can only be asked to serve", "no serve workload", "--workload serve");
  }
  return {
    workloads,
    // A server is measured alone unless models are named; a model file joins ours.
    models: request.models ?? (server !== null ? [] : null),
    modelFiles: request.modelFiles ?? [],
    server,
    preset: request.quick === true ? "quick" : "default",
    runs: request.runs ?? preset.runs,
    warmupS: request.warmupS ?? preset.warmupS,
    seed: request.seed ?? DEFAULT_SEED,
    sweepCpuMs: request.sweepCpuMs ?? null,
    requirement: { p99Ms: request.p99Ms ?? null, memoryMb: request.memoryMb ?? null },
    placement: request.placement ?? "shared",
    outDir: request.outDir ?? DEFAULT_OUT,
  };
}

function serverOf(request: CompareRequest): ServerTarget | null {
  const { server, url, name } = request;
  if (server === undefined) {
    const orphan = url !== undefined ? "--url" : name !== undefined ? "--name" : undefined;
    if (orphan === undefined) return null;
    throw contradiction(`${orphan} belongs to --server`, `${orphan} alone`, '--server "node server.js"');
  }
  if (url === undefined) {
    const next = `--server ${JSON.stringify(server)} --url http://127.0.0.1:3000/`;
    throw contradiction("--server needs the address it will listen on", "no --url", next);
  }
  if (!URL.canParse(url) || new URL(url).protocol !== "http:") {
    throw new UserError("BAD_OPTION", {
      what: "--url cannot be measured",
      got: JSON.stringify(url.slice(0, 200)),
      expected: "an http:// address (HTTP/1.1, no TLS)",
      next: "--url http://127.0.0.1:3000/",
    });
  }
  return { command: server, url, name: name ?? "server" };
}

function workloadsOf(request: CompareRequest, preset: Preset, server: ServerTarget | null): Workload[] {
  if (request.file !== undefined) {
    const { path, workloads } = request.file;
    refuseBesideFile(request, path);
    const inFile = KINDS.filter((kind) => workloads.some((workload) => workload.kind === kind));
    refuseForeign(request, inFile, `add a serve workload to ${path}, or leave the option out`);
    return [...workloads];
  }
  const serveAlone = (server !== null && request.models === undefined) || request.sweepCpuMs !== undefined;
  const kinds = request.kinds ?? (serveAlone ? (["serve"] as const) : KINDS);
  refuseForeign(request, kinds);
  const alone = server !== null && request.models === undefined;
  return KINDS.filter((kind) => kinds.includes(kind))
    .flatMap((kind): Workload[] => {
      if (kind === "wait") return [override(preset.wait, { tasks: request.tasks, waitMs: request.waitMs })];
      if (kind === "hash") return [override(preset.hash, { tasks: request.tasks, bytes: request.bytes })];
      return serveOf(request, preset, alone);
    })
    .map(inBounds);
}

/** Options take the bounds of the workload schema, and their errors name the option. */
function inBounds(workload: Workload): Workload {
  const parsed = workloadSchema.safeParse(workload);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0]);
  const option = WORKLOAD_OPTIONS.find((each) => each.field === field)?.option ?? field;
  throw mistake("BAD_OPTION", parsed.error, {
    source: option,
    within: "",
    value: workload,
    fields: [],
    next: "heddle compare --help",
  });
}

/** Both serve workloads of the preset, unless the user says what a request does; a server alone does its own work. */
function serveOf(request: CompareRequest, preset: Preset, alone: boolean): ServeWorkload[] {
  const { connections, rate, durationS, arrivals, downstream } = request;
  const shape = { connections, rate, durationS, arrivals, downstream };
  if (request.sweepCpuMs !== undefined && request.cpuMs !== undefined) {
    throw contradiction(
      "--cpu and --sweep both say how much a request computes",
      "both",
      "--sweep cpu=0,5,10",
    );
  }
  if (alone) {
    return [override(preset.io, { ...shape, ioMs: request.ioMs ?? 0, cpuMs: request.cpuMs ?? 0 })];
  }
  const said = request.ioMs ?? request.cpuMs ?? request.sweepCpuMs;
  if (said !== undefined) {
    return [override(preset.io, { ...shape, ioMs: request.ioMs, cpuMs: request.cpuMs })];
  }
  const mixed = override(preset.mixed, shape);
  return preset.servesBoth ? [override(preset.io, shape), mixed] : [mixed];
}

function override<T extends Workload>(base: T, changes: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const said = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(said) };
}

function refuseBesideFile(request: CompareRequest, path: string): void {
  const said = given(request).find(({ option }) => !BESIDE_FILE.includes(option))?.option;
  const beside = request.kinds !== undefined ? "--workload" : said;
  if (beside === undefined) return;
  throw contradiction(
    `${beside} and ${path} both say what the workload is`,
    `${beside} beside ${path}`,
    `change the field in ${path}, or leave the file out`,
  );
}

/** An option that no chosen workload knows would be silently ignored. */
function refuseForeign(request: CompareRequest, kinds: readonly WorkloadKind[], next?: string): void {
  for (const { option, kinds: known } of given(request)) {
    if (known.some((kind) => kinds.includes(kind))) continue;
    throw contradiction(
      `${option} means nothing to the workload ${kinds.join(", ")}`,
      option,
      next ?? `--workload ${known[0]}`,
      `an option of ${kinds.join(" or ")}; ${option} belongs to ${known.join(" and ")}`,
    );
  }
}

function given(request: CompareRequest): (typeof WORKLOAD_OPTIONS)[number][] {
  return WORKLOAD_OPTIONS.filter(({ field }) => request[field] !== undefined);
}

function contradiction(what: string, got: string, next: string, expected?: string): UserError {
  return new UserError("BAD_OPTION", { what, got, ...(expected === undefined ? {} : { expected }), next });
}
