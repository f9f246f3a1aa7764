import { type Bench, defineClaim, heldMb, kernelHeldMb, slope, typicalStep } from "@heddle/claims";
import { type AsyncioConnection, CLAIMED_KB, decide } from "./rule.js";

export const claim = defineClaim<AsyncioConnection>({
  id: "asyncio-connection-2kb",
  topic: "memory",
  claim: "An asyncio connection takes about 2 KB: 20 to 25 MB for 10,000 of them.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "Weighs a Python process that holds more and more sleeping tasks, and an asyncio server (start_server, StreamReader, StreamWriter) to which another process opens more and more connections over loopback; each has answered one line and waits for the next. The kernel's memory for sockets is half of what its slab caches and TCP buffers grow by, since the other half is the client's.",
  rule: "Slopes of the memory, process and kernel together. Up to 4 KB is about 2 KB, from 5 KB it is not: confirmed or refuted if the sleeping task and the real connection agree; if only the task is that small, it depends on what a connection is.",
  practice:
    "Plan asyncio servers with some 10 KB for an idle connection, user and kernel side, before TLS, buffers and your own state; measure the slope of your own handler instead of multiplying the size of a task.",
  programs: ["serve.py", "connect.py"],
  seconds: { full: 1.2, quick: 1 },
  async measure(bench) {
    const most = bench.quick ? 3_000 : 4_000;
    const counts = [0.25, 0.5, 0.75, 1].map((share) => share * most);
    const tasksMb = await sweepTasks(bench, counts);
    const { connectionsMb, kernelMb } = await sweepConnections(bench, counts);
    return {
      counts,
      tasksMb,
      connectionsMb,
      kernelMb,
      taskKb: slope(counts, tasksMb) * 1_024,
      connectionKb: slope(counts, connectionsMb) * 1_024,
      socketKb: typicalStep(counts, kernelMb) * 1_024,
    };
  },
  decide,
  picture: ({ counts, tasksMb, connectionsMb, kernelMb }) => {
    const line = (name: string, values: readonly number[]) => ({
      name,
      points: counts.map((count, at) => [count, values[at] ?? 0] as const),
    });
    const claimed = counts.map((count) => (count * CLAIMED_KB) / 1_024);
    const whole = connectionsMb.map((mb, at) => mb + (kernelMb[at] ?? 0));
    return {
      kind: "lines",
      title: "Memory of idle asyncio connections",
      x: { name: "connections or tasks", unit: "" },
      y: { name: "memory", unit: "MB" },
      lines: [
        { ...line("claimed", claimed), role: "claimed" },
        line("sleeping tasks", tasksMb),
        line("connections, process", connectionsMb),
        line("connections, process and kernel", whole),
      ],
    };
  },
});

async function sweepTasks(bench: Bench, counts: readonly number[]): Promise<number[]> {
  await using program = await bench.start("serve.py");
  const none = heldMb(program);
  const grown: number[] = [];
  for (const tasks of counts) {
    program.send(JSON.stringify({ tasks }));
    await program.result();
    grown.push(heldMb(program) - none);
  }
  return grown;
}

async function sweepConnections(bench: Bench, counts: readonly number[]) {
  await using server = await bench.start("serve.py");
  await using client = await bench.start("connect.py", { port: server.port ?? 0 });
  const none = heldMb(server);
  const noSockets = kernelHeldMb();
  const connectionsMb: number[] = [];
  const kernelMb: number[] = [];
  for (const connections of counts) {
    client.send(JSON.stringify({ connections }));
    await client.result();
    connectionsMb.push(heldMb(server) - none);
    kernelMb.push((kernelHeldMb() - noSockets) / 2);
  }
  return { connectionsMb, kernelMb };
}
