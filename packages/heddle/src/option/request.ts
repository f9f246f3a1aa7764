import {
  bytes,
  type CompareRequest,
  closest,
  milliseconds,
  number,
  readWorkloads,
  UserError,
} from "@heddle/lab";
import type { CompareOptions } from "./compare.js";

const KINDS = ["wait", "hash", "serve"] as const;
const MB = 1024 * 1024;

/**
 * The request behind typed options: text becomes numbers, lists are split, the workload file is read.
 * @throws UserError that names the option.
 */
export async function requestOf(file: string | undefined, raw: CompareOptions): Promise<CompareRequest> {
  const request = {
    kinds: raw.workload?.flatMap(list).map((kind) => oneOf(kind, KINDS, "--workload")),
    models: raw.models === undefined ? undefined : names(raw.models),
    modelFiles: raw.model,
    server: raw.server,
    url: raw.url,
    name: raw.name === undefined ? undefined : serverName(raw.name),
    tasks: whole(raw.tasks, "--tasks", 1),
    waitMs: time(raw.wait, "--wait", "ms"),
    bytes: size(raw.bytes, "--bytes", "b", "64kb"),
    connections: whole(raw.connections, "--connections", 1),
    rate: raw.rate === undefined ? undefined : number(raw.rate, "--rate", { min: 0, whole: false }),
    ioMs: time(raw.io, "--io", "ms"),
    cpuMs: time(raw.cpu, "--cpu", "ms"),
    durationS: seconds(raw.duration, "--duration"),
    warmupS: seconds(raw.warmup, "--warmup"),
    arrivals:
      raw.arrivals === undefined
        ? undefined
        : oneOf(raw.arrivals, ["poisson", "constant", "bursty"] as const, "--arrivals"),
    downstream: raw.downstream,
    sweepCpuMs: raw.sweep === undefined ? undefined : sweep(raw.sweep),
    runs: whole(raw.runs, "--runs", 1),
    seed: whole(raw.seed, "--seed", 0),
    p99Ms: time(raw.p99, "--p99", "ms"),
    memoryMb: megabytes(raw.memory),
    placement:
      raw.placement === undefined
        ? undefined
        : oneOf(raw.placement, ["shared", "pinned"] as const, "--placement"),
    quick: raw.quick,
    outDir: raw.out,
  };
  if (file === undefined) return request;
  return { ...request, file: { path: file, workloads: await readWorkloads(file) } };
}

const list = (text: string): string[] => text.split(",").map((part) => part.trim());

function names(text: string): string[] {
  const found = list(text).filter((name) => name !== "");
  if (found.length > 0) return found;
  throw new UserError("BAD_OPTION", {
    what: "--models names no model",
    got: JSON.stringify(text),
    expected: "names with commas between",
    next: "heddle models",
  });
}

function serverName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(text)) return text;
  throw new UserError("BAD_OPTION", {
    what: "--name cannot be used",
    got: JSON.stringify(text.slice(0, 80)),
    expected: "lower-case letters, digits and dashes, at most 64",
    next: "--name my-server",
  });
}

function oneOf<T extends string>(text: string, allowed: readonly T[], option: string): T {
  const found = allowed.find((each) => each === text);
  if (found !== undefined) return found;
  const [close] = closest(text, allowed);
  throw new UserError("BAD_OPTION", {
    what: `${option} does not know this`,
    got: JSON.stringify(text.slice(0, 80)),
    expected: allowed.join(", "),
    next: close === undefined ? "heddle compare --help" : `did you mean ${option} ${close}?`,
  });
}

function time(text: string | undefined, name: string, unit: "ms" | "s"): number | undefined {
  return text === undefined
    ? undefined
    : milliseconds(text, { name, unit, example: unit === "ms" ? "10ms" : "10s" });
}

function seconds(text: string | undefined, name: string): number | undefined {
  const ms = time(text, name, "s");
  return ms === undefined ? undefined : ms / 1_000;
}

function size(text: string | undefined, name: string, unit: "b" | "mb", example: string): number | undefined {
  return text === undefined ? undefined : bytes(text, { name, unit, example });
}

function megabytes(text: string | undefined): number | undefined {
  const value = size(text, "--memory", "mb", "200mb");
  return value === undefined ? undefined : value / MB;
}

function whole(text: string | undefined, name: string, min: number): number | undefined {
  return text === undefined ? undefined : number(text, name, { min, whole: true });
}

function sweep(text: string): number[] {
  const values = /^cpu=(.+)$/.exec(text)?.[1];
  if (values !== undefined) {
    return list(values).map((each) =>
      milliseconds(each, { name: "--sweep", unit: "ms", example: "cpu=0,5,10" }),
    );
  }
  throw new UserError("BAD_OPTION", {
    what: "--sweep cannot be read",
    got: JSON.stringify(text.slice(0, 80)),
    expected: "cpu= and values with commas between, plain numbers being ms",
    next: "--sweep cpu=0,5,10,20,40",
  });
}
