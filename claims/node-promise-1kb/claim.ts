import { defineClaim, slope, typicalStep } from "@heddle/claims";
import { CLAIMED_KB, decide, type NodePromise } from "./rule.js";
import { sweepConnections, sweepWaits } from "./sweep.js";

export const claim = defineClaim<NodePromise>({
  id: "node-promise-1kb",
  topic: "memory",
  claim: "With callbacks and promises a connection takes about 1 KB.",
  source: "Threading vs Async vs Event Loop",
  experiment:
    "Weighs Node processes that hold more and more of one thing: timers with a callback, async functions that wait for such a timer, idle TCP connections, idle keep-alive HTTP connections. Each connection comes from another process over loopback and has been answered once. Garbage is collected before each weighing, and the young generation is kept at 1 MB. The kernel's memory for sockets is half of what its slab caches and TCP buffers grow by: the other half is the client's.",
  rule: "Slopes. A connection counts with its kernel memory. Up to 2 KB is about 1 KB, from 2.5 KB it is not. Refuted if even a callback or a promise is not; confirmed if the dearer connection is; if only callbacks and promises are, it depends on what is counted.",
  practice:
    "A promise is not a connection. Plan a Node server with 10 to 20 KB for an idle HTTP connection, kernel included, and measure the slope of your own handlers; what a request closes over comes on top.",
  programs: ["hold.mjs"],
  seconds: { full: 2.3, quick: 1.7 },
  async measure(bench) {
    const waits = (bench.quick ? [5, 10, 20] : [10, 20, 40]).map((thousands) => thousands * 1_000);
    const connections = (bench.quick ? [0.4, 0.8, 1.2] : [0.8, 1.6, 2.4]).map(
      (thousands) => thousands * 1_000,
    );
    const [callbacksMb, promisesMb] = await Promise.all([
      sweepWaits(bench, "callbacks", waits),
      sweepWaits(bench, "promises", waits),
    ]);
    const tcp = await sweepConnections(bench, "tcp", connections);
    const http = await sweepConnections(bench, "http", connections);
    return {
      waits,
      connections,
      callbacksMb,
      promisesMb,
      tcpMb: tcp.processMb,
      httpMb: http.processMb,
      callbackKb: slope(waits, callbacksMb) * 1_024,
      promiseKb: slope(waits, promisesMb) * 1_024,
      tcpKb: slope(connections, tcp.processMb) * 1_024,
      httpKb: slope(connections, http.processMb) * 1_024,
      socketKb: typicalStep(connections, tcp.kernelMb) * 1_024,
    };
  },
  decide,
  picture: ({ callbackKb, promiseKb, tcpKb, httpKb, socketKb }) => ({
    kind: "bars",
    title: "Memory of one wait or idle connection in Node",
    value: { name: "memory", unit: "KB" },
    bars: [
      { name: "claimed", value: CLAIMED_KB, role: "claimed" },
      { name: "timer with a callback", value: callbackKb },
      { name: "waiting async function", value: promiseKb },
      { name: "TCP connection, process and kernel", value: tcpKb + socketKb },
      { name: "HTTP connection, process and kernel", value: httpKb + socketKb },
    ],
  }),
});
