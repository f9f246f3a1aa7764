import {
  type Bench,
  defineClaim,
  heldMb,
  kernelHeldMb,
  type Started,
  slope,
  typicalStep,
} from "@heddle/claims";
import { CLAIMED_KB, decide, type Goroutine } from "./rule.js";

export const claim = defineClaim<Goroutine>({
  id: "goroutine-2kb",
  topic: "memory",
  claim: "A goroutine, and so a connection in Go, takes 2 KB.",
  source:
    "Threading vs Async vs Event Loop; The benchmark lab for Threading vs Async vs Event Loop; Concurrency: Threads, the GIL, and the Event Loop; Asynchronous programming and concurrency overview",
  experiment:
    "Weighs Go processes that hold more and more of one thing: sleeping goroutines, TCP connections with a goroutine each, keep-alive connections of net/http. Each connection comes from another process over loopback and has been answered once. Garbage is collected and given back before each weighing. The kernel's memory for sockets is half of what its slab caches and TCP buffers grow by: the other half is the client's.",
  rule: "Slopes. A connection counts with its kernel memory. Up to 4 KB is about 2 KB, from 5 KB it is not. Refuted if even a sleeping goroutine is not; confirmed if the dearer connection is; if only the sleeping goroutine is, it depends on what the goroutine does.",
  practice:
    "2 KB is the first stack of a goroutine. Plan a Go server with some 20 to 25 KB for an idle HTTP connection, kernel included, and measure the slope of your own handlers: deep stacks and buffers come on top.",
  programs: ["hold.go"],
  seconds: { full: 2, quick: 1.5 },
  async measure(bench) {
    const most = bench.quick ? 1_600 : 4_000;
    const counts = [0.25, 0.5, 0.75, 1].map((share) => share * most);
    const sleepMb = await sweepSleepers(bench, counts);
    const tcp = await sweepConnections(bench, "tcp", counts);
    const http = await sweepConnections(bench, "http", counts);
    return {
      counts,
      sleepMb,
      tcpMb: tcp.processMb,
      httpMb: http.processMb,
      sleepKb: slope(counts, sleepMb) * 1_024,
      tcpKb: slope(counts, tcp.processMb) * 1_024,
      httpKb: slope(counts, http.processMb) * 1_024,
      socketKb: typicalStep(counts, tcp.kernelMb) * 1_024,
    };
  },
  decide,
  picture: ({ sleepKb, tcpKb, httpKb, socketKb }) => ({
    kind: "bars",
    title: "Memory of one goroutine or idle connection",
    value: { name: "memory", unit: "KB" },
    bars: [
      { name: "claimed", value: CLAIMED_KB, role: "claimed" },
      { name: "sleeping goroutine", value: sleepKb },
      { name: "TCP connection, process", value: tcpKb },
      { name: "TCP connection, process and kernel", value: tcpKb + socketKb },
      { name: "net/http connection, process", value: httpKb },
      { name: "net/http connection, process and kernel", value: httpKb + socketKb },
    ],
  }),
});

async function sweepSleepers(bench: Bench, counts: readonly number[]): Promise<number[]> {
  await using program = await bench.start("hold.go", { role: "sleep" });
  await tell(program, 0);
  const none = heldMb(program);
  const grown: number[] = [];
  for (const count of counts) {
    await tell(program, count);
    grown.push(heldMb(program) - none);
  }
  return grown;
}

async function sweepConnections(bench: Bench, role: string, counts: readonly number[]) {
  await using server = await bench.start("hold.go", { role });
  await using client = await bench.start("hold.go", { role: "client", port: server.port ?? 0 });
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

/** Returns when the program holds so many, and has given its garbage back. */
async function tell(program: Started, count: number): Promise<void> {
  program.send(JSON.stringify({ count }));
  await program.result();
}
