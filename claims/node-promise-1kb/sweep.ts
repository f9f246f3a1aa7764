import { readFileSync } from "node:fs";
import { type Bench, NotTestable, type Started } from "@heddle/claims";

const FILE = "hold.mjs";
/** With the default young generation, pages of collected garbage stay and double the slope of promises. */
const WITH_GC = { flags: ["--expose-gc", "--max-semi-space-size=1"] };

/** MiB of the process above none, at each count. */
export async function sweepWaits(bench: Bench, role: string, counts: readonly number[]): Promise<number[]> {
  await using program = await bench.start(FILE, { role }, WITH_GC);
  await tell(program, 0);
  const none = heldBy(program);
  const grown: number[] = [];
  for (const count of counts) {
    await tell(program, count);
    grown.push(heldBy(program) - none);
  }
  return grown;
}

/** The same of a server, and of the kernel for its end of all connections. */
export async function sweepConnections(bench: Bench, role: string, counts: readonly number[]) {
  await using server = await bench.start(FILE, { role }, WITH_GC);
  await using client = await bench.start(FILE, { role: "client", port: server.port ?? 0 });
  await tell(server, 0);
  const none = heldBy(server);
  const noSockets = kernelNow();
  const processMb: number[] = [];
  const kernelMb: number[] = [];
  for (const count of counts) {
    await tell(client, count);
    await tell(server, count);
    processMb.push(heldBy(server) - none);
    kernelMb.push((kernelNow() - noSockets) / 2);
  }
  return { processMb, kernelMb };
}

/** Returns when the program holds so many, and has collected its garbage. */
async function tell(program: Started, count: number): Promise<void> {
  program.send(JSON.stringify({ count }));
  await program.result();
}

function heldBy(program: Started): number {
  const { heldMb, pageTablesMb, processes } = program.memory();
  if (processes > 0) return heldMb + pageTablesMb;
  throw new NotTestable("this system does not tell the memory of a process (no /proc)", "on Linux");
}

/** Slab caches (where sockets live) and buffers of all TCP sockets of the system: only their growth means anything. */
function kernelNow(): number {
  const slabKb = /^Slab:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
  const bufferPages = /^TCP:.* mem (\d+)/m.exec(readFileSync("/proc/net/sockstat", "utf8"))?.[1];
  return Number(slabKb ?? 0) / 1_024 + (Number(bufferPages ?? 0) * 4_096) / 2 ** 20;
}
