import { accessSync, constants, readdirSync, statfsSync } from "node:fs";
import { availableParallelism, freemem, loadavg, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readInteger, readText } from "../probe/read.js";
import { field } from "../probe/record.js";
import { readCgroupLimits } from "./cgroup.js";
import { allowedCpus } from "./cpus.js";
import { parseSomePressure, readCpuTimes, sharesBetween } from "./cputime.js";

/** What the judge of a machine needs to know. Null: this system does not say, so nothing is held against it. */
export interface MachineFacts {
  readonly platform: string;
  readonly cores: number;
  /** Cores' worth of time a control group grants us. */
  readonly quotaCores: number | null;
  readonly memoryMb: number;
  readonly memoryFreeMb: number;
  /** Hard limit: programs raise their soft one by themselves (Node, Go, the JVM do). */
  readonly openFiles: number | null;
  /** Ephemeral ports that a client may use towards one server address. */
  readonly ports: number | null;
  /** The smallest of all limits on threads and processes, and how many of it are in use. */
  readonly threads: number | null;
  readonly threadsInUse: number | null;
  readonly maxMapCount: number | null;
  readonly backlog: number | null;
  readonly synBacklog: number | null;
  /** 0 off, 1 when the queue is full, 2 always. */
  readonly synCookies: number | null;
  readonly load1: number;
  /** Share of the last 10 s in which something waited for a CPU (PSI), 0..1. */
  readonly pressure: number | null;
  /** Measured over 200 ms, of all our CPUs, 0..1. */
  readonly stealShare: number | null;
  readonly busyShare: number | null;
  readonly governor: string | null;
  readonly turbo: boolean | null;
  readonly outDir: { readonly path: string; readonly writable: boolean; readonly freeMb: number } | null;
}

/** How long the CPUs are watched: 20 ticks per core, enough to see a busy neighbour, short enough not to annoy. */
const WATCH_MS = 200;

/** Reads the facts; takes 200 ms, for the CPUs are watched while this process sleeps. Never throws for what is missing. */
export async function readFacts(outDir?: string): Promise<MachineFacts> {
  const before = readCpuTimes();
  await sleep(WATCH_MS);
  const shares = sharesBetween(before, readCpuTimes());
  const { openFiles, threads } = readLimits();
  const cgroup = readCgroupLimits();
  const memoryMb = Math.min(totalmem() / 2 ** 20, cgroup.memoryMb ?? Number.POSITIVE_INFINITY);
  const sysctl = (name: string): number | null => readInteger(`/proc/sys/${name}`);
  return {
    platform: process.platform,
    cores: availableParallelism(),
    quotaCores: cgroup.cores,
    memoryMb,
    memoryFreeMb: Math.min(readFreeMb(), memoryMb),
    openFiles,
    ports: readPorts(),
    threads,
    threadsInUse: readThreadsInUse(),
    maxMapCount: sysctl("vm/max_map_count"),
    backlog: sysctl("net/core/somaxconn"),
    synBacklog: sysctl("net/ipv4/tcp_max_syn_backlog"),
    synCookies: sysctl("net/ipv4/tcp_syncookies"),
    load1: loadavg()[0] ?? 0,
    pressure: parseSomePressure(readText("/proc/pressure/cpu") ?? "")?.avg10 ?? null,
    stealShare: shares?.steal ?? null,
    busyShare: shares?.busy ?? null,
    governor: readGovernor(),
    turbo: readTurbo(),
    outDir: outDir === undefined ? null : readOutDir(outDir),
  };
}

/** Limits of this process and of the system; children inherit the former. */
export function readLimits(): { openFiles: number | null; threads: number | null } {
  const limits = readText("/proc/self/limits") ?? "";
  const hard = (name: string): number | null => {
    const value = new RegExp(`^${name}\\s+\\S+\\s+(\\d+)`, "m").exec(limits)?.[1];
    return value === undefined ? null : Number(value);
  };
  const threads = [
    readInteger("/proc/sys/kernel/pid_max"),
    readInteger("/proc/sys/kernel/threads-max"),
    hard("Max processes"),
    readCgroupLimits().processes,
  ].filter((limit) => limit !== null);
  return { openFiles: hard("Max open files"), threads: threads.length === 0 ? null : Math.min(...threads) };
}

/** Size of the range from which the kernel takes a client's port. */
export function readPorts(): number | null {
  const range = /^(\d+)\s+(\d+)/.exec(readText("/proc/sys/net/ipv4/ip_local_port_range") ?? "");
  return range === null ? null : Number(range[2]) - Number(range[1]) + 1;
}

/** The `1/234` of loadavg: every thread of the system. */
function readThreadsInUse(): number | null {
  const threads = /\d+\/(\d+) \d+\s*$/.exec(readText("/proc/loadavg") ?? "")?.[1];
  return threads === undefined ? null : Number(threads);
}

/** What can be had without swapping: MemAvailable counts caches that would be given up; `freemem` may not. */
function readFreeMb(): number {
  const available = field(readText("/proc/meminfo") ?? "", "MemAvailable");
  return available === null ? freemem() / 2 ** 20 : available / 1_024;
}

/** The governor of the first of our CPUs that is not at `performance`, else `performance`. */
function readGovernor(): string | null {
  const governors = allowedCpus()
    .map((cpu) => readText(`/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_governor`)?.trim())
    .filter((governor) => governor !== undefined && governor !== "");
  return governors.find((governor) => governor !== "performance") ?? governors[0] ?? null;
}

function readTurbo(): boolean | null {
  const off = readInteger("/sys/devices/system/cpu/intel_pstate/no_turbo");
  if (off !== null) return off === 0;
  const boost = readInteger("/sys/devices/system/cpu/cpufreq/boost");
  return boost === null ? null : boost === 1;
}

/** The folder, or where it is not there yet its nearest existing parent, in which it would be made. */
function readOutDir(outDir: string): { path: string; writable: boolean; freeMb: number } {
  let folder = resolve(outDir);
  for (;;) {
    try {
      readdirSync(folder);
      break;
    } catch {
      if (dirname(folder) === folder) break;
      folder = dirname(folder);
    }
  }
  return { path: folder, writable: isWritable(folder), freeMb: freeMbOf(folder) };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function freeMbOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return (bavail * bsize) / 2 ** 20;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
