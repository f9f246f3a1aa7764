import { existsSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { readInteger, readText } from "../probe/read.js";
import type { Machine } from "../result/schema.js";
import { readCgroupLimits } from "./cgroup.js";
import { readLimits, readPorts } from "./facts.js";

/** The machine as the report shows it: what we may use of it, not what it is built of. Never throws. */
export async function describeMachine(): Promise<Machine> {
  const { openFiles, threads } = readLimits();
  const memoryMb = Math.min(totalmem() / 2 ** 20, readCgroupLimits().memoryMb ?? Number.POSITIVE_INFINITY);
  return {
    cpu: cpuName(readText("/proc/cpuinfo")),
    cores: availableParallelism(),
    memoryMb: Math.round(memoryMb),
    os: osName(readText("/etc/os-release") ?? readText("/usr/lib/os-release")),
    kernel: release(),
    node: process.version,
    virtualization: virtualizationOf({
      cpuinfo: readText("/proc/cpuinfo"),
      product: readText("/sys/class/dmi/id/product_name") ?? readText("/sys/hypervisor/type"),
      container:
        existsSync("/.dockerenv") || existsSync("/run/.containerenv") || existsSync("/run/systemd/container"),
      kernel: release(),
    }),
    limits: {
      openFiles,
      processes: threads,
      ports: readPorts(),
      backlog: readInteger("/proc/sys/net/core/somaxconn"),
    },
  };
}

/** Node leaves the model empty on some ARM machines; `/proc/cpuinfo` names at least the hardware there. */
function cpuName(cpuinfo: string | null): string {
  const model = cpus()[0]?.model.trim() ?? "";
  if (model !== "" && model !== "unknown") return model;
  return /^(?:Model|Hardware|model name)\s*:\s*(.+)$/m.exec(cpuinfo ?? "")?.[1]?.trim() ?? process.arch;
}

/** `PRETTY_NAME` of os-release(5), quotes taken off; elsewhere the name of the system. */
export function osName(osRelease: string | null): string {
  const name = /^PRETTY_NAME=(["']?)(.*)\1\s*$/m.exec(osRelease ?? "")?.[2];
  return name === undefined || name === "" ? type() : name;
}

export interface VirtualizationHints {
  readonly cpuinfo: string | null;
  readonly product: string | null;
  readonly container: boolean;
  readonly kernel: string;
}

/** What lies between us and the hardware, as far as the hints tell; null when they tell nothing. */
export function virtualizationOf(hints: VirtualizationHints): string | null {
  const layers: string[] = [];
  const product = hints.product?.trim() ?? "";
  if (/microsoft/i.test(hints.kernel)) layers.push("WSL");
  else if (/^flags\s*:.*\bhypervisor\b/m.test(hints.cpuinfo ?? "") || /virtual|kvm|qemu|xen/i.test(product)) {
    layers.push(product === "" ? "virtual machine" : `virtual machine (${product.slice(0, 64)})`);
  }
  if (hints.container) layers.push("container");
  return layers.length === 0 ? null : layers.join(", ");
}
