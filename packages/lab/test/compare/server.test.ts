import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { compare } from "../../src/compare/compare.js";
import { UserError } from "../../src/error.js";
import { planFor } from "./plan.js";

const program = fileURLToPath(new URL("../../../test/fixtures/servers/plain.mjs", import.meta.url));
const workload = {
  kind: "serve",
  connections: 10,
  rate: 200,
  ioMs: 5,
  cpuMs: 0,
  durationS: 1,
  arrivals: "poisson",
  downstream: false,
} as const;

/** Below the ports that the system gives to outgoing connections. */
let nextPort = 21_900;

function serverPlan(args: string, more: Parameters<typeof planFor>[1] = {}): Parameters<typeof compare>[0] {
  const port = nextPort++;
  return planFor([], {
    workloads: [workload],
    models: null,
    server: {
      command: `"${process.execPath}" "${program}" ${port} ${args}`,
      url: `http://localhost:${port}/any?x=1`,
      name: "shop",
    },
    runs: 2,
    ...more,
  });
}

test("a user's own server is measured alone, weighed with its whole process tree", async () => {
  // a fresh generator settles within a second; disturbed runs are repeated as for a user without --quick
  const result = await compare(serverPlan("5", { preset: "default", warmupS: 1.5 }));
  assert.deepEqual(
    result.cells.map((cell) => [cell.model, cell.void]),
    [["shop", null]],
  );
  const [cell] = result.cells;
  assert.ok(cell?.latencyMs && cell.latencyMs.p50 > 4 && cell.latencyMs.p50 < 50);
  assert.ok((cell.memoryMb?.plateau ?? 0) > 20, "a Node server weighs more than 20 MiB");
  assert.ok((cell.cpuMsPerTask ?? 0) > 0);
});

test("a server that answers errors is void and says which", async () => {
  const result = await compare(serverPlan("0 503"));
  assert.equal(result.cells[0]?.void, "answered 503 to GET /any?x=1, where 2xx is needed");
});

test("a server that ends at once is void with its last words", async () => {
  const plan = serverPlan("0");
  const command = `"${process.execPath}" -e "throw new Error('no database')"`;
  const result = await compare({ ...plan, server: plan.server && { ...plan.server, command } });
  assert.match(
    result.cells[0]?.void ?? "",
    /^the server ended with 1 before it listened on 127.0.0.1:\d+: Error: no database$/,
  );
});

test("a port in use is refused before anything is measured", async () => {
  const plan = serverPlan("0");
  const port = Number(new URL(plan.server?.url ?? "").port);
  const squatter = await new Promise<Server>((resolve) => {
    const server = createServer().listen(port, "127.0.0.1", () => resolve(server));
  });
  try {
    await assert.rejects(compare(plan), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, "PORT_IN_USE");
      assert.match(error.message, /expected: a free port/);
      return true;
    });
  } finally {
    squatter.close();
  }
});

test("a server elsewhere is refused: only this machine can be weighed, and only one's own be loaded", async () => {
  const plan = serverPlan("0");
  const elsewhere = { ...plan, server: plan.server && { ...plan.server, url: "http://192.0.2.7/" } };
  await assert.rejects(compare(elsewhere), /--url must be a server that this machine runs/);
});

test("an abort in the middle keeps what was measured, says so, and leaves no process", async () => {
  const controller = new AbortController();
  const plan = serverPlan("5", { runs: 50, modelFiles: [], models: ["node-event-loop"] });
  const running = compare(plan, {
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === "step" && event.done === 3) setTimeout(() => controller.abort("SIGINT"), 700);
    },
  });
  const result = await running;
  assert.equal(result.partial, "interrupted by SIGINT");
  assert.ok(result.cells.some((cell) => cell.runs > 0));
  assert.deepEqual(childrenOfThis(), []);
});

/** Processes whose parent is this one, by /proc; zombies do not count. */
function childrenOfThis(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return Number(parent) === process.pid && state !== "Z"
          ? [readFileSync(`/proc/${pid}/cmdline`, "utf8")]
          : [];
      } catch {
        return [];
      }
    });
}
