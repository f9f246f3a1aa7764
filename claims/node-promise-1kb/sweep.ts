import { type Bench, heldMb, kernelHeldMb, type Started } from "@heddle/claims";

const FILE = "hold.mjs";
/** With the default young generation, pages of collected garbage stay and double the slope of promises. */
const WITH_GC = { flags: ["--expose-gc", "--max-semi-space-size=1"] };

/** MiB of the process above none, at each count. */
export async function sweepWaits(bench: Bench, role: string, counts: readonly number[]): Promise<number[]> {
  await using program = await bench.start(FILE, { role }, WITH_GC);
  await tell(program, 0);
  const none = heldMb(program);
  const grown: number[] = [];
  for (const count of counts) {
    await tell(program, count);
    grown.push(heldMb(program) - none);
  }
  return grown;
}

/** The same of a server, and of the kernel for its end of all connections. */
export async function sweepConnections(bench: Bench, role: string, counts: readonly number[]) {
  await using server = await bench.start(FILE, { role }, WITH_GC);
  await using client = await bench.start(FILE, { role: "client", port: server.port ?? 0 });
  await tell(server, 0);
  const none = heldMb(server);
  const noSockets = kernelHeldMb();
  const processMb: number[] = [];
  const kernelMb: number[] = [];
  for (const count of counts) {
    await tell(client, count);
    await tell(server, count);
    processMb.push(heldMb(server) - none);
    kernelMb.push((kernelHeldMb() - noSockets) / 2);
  }
  return { processMb, kernelMb };
}

/** Returns when the program holds so many, and has collected its garbage. */
async function tell(program: Started, count: number): Promise<void> {
  program.send(JSON.stringify({ count }));
  await program.result();
}
