import { spawn } from "node:child_process";
import { request } from "node:http";
import { connect } from "node:net";
import type { ServerTarget } from "../compare/plan.js";
import { UserError } from "../error.js";
import { pinned } from "../machine/cores.js";
import { lastWords, ProgramFailure } from "../program/failure.js";
import { keepTail } from "../program/lines.js";
import { dismiss, enlist } from "../program/live.js";
import { endRemains, noteMembers } from "../program/remains.js";
import { placementOf } from "./placement.js";
import type { MeasuredRun, RunContext } from "./run.js";
import { loadTarget, type ServeCell, type Target } from "./serve.js";

const POLL_MS = 50;

/** Where a server of the user's listens; only this machine, because its process tree is what is weighed. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

export function addressOf(url: string): Address {
  const expected = "an http:// address on this machine, such as http://127.0.0.1:3000/";
  const next = 'heddle compare --server "node server.js" --url http://127.0.0.1:3000/';
  if (!URL.canParse(url))
    throw new UserError("BAD_OPTION", { what: "--url is not a URL", got: url, expected, next });
  const parsed = new URL(url);
  const host = parsed.hostname === "localhost" ? "127.0.0.1" : parsed.hostname.replace(/^\[|\]$/g, "");
  if (parsed.protocol !== "http:" || !(host.startsWith("127.") || host === "::1")) {
    throw new UserError("BAD_OPTION", {
      what: "--url must be a server that this machine runs",
      got: url,
      expected,
      next,
    });
  }
  return {
    host,
    port: parsed.port === "" ? 80 : Number(parsed.port),
    path: `${parsed.pathname}${parsed.search}`,
  };
}

/** Rejects when something listens already: it, not the server under test, would be measured. */
export async function requireFreePort(target: ServerTarget): Promise<void> {
  const { host, port } = addressOf(target.url);
  if (!(await listens(host, port))) return;
  throw new UserError("PORT_IN_USE", {
    what: `something listens on ${host}:${port} before the server was started`,
    got: `a connection to ${target.url} was accepted`,
    expected: "a free port, so that it is your server that is measured",
    next: `ss -ltnp 'sport = :${port}'   # shows who; stop it, or choose another port`,
  });
}

/** One fresh start of the user's server under load. */
export async function runServer(
  target: ServerTarget,
  workload: ServeCell,
  context: RunContext,
): Promise<MeasuredRun> {
  const address = addressOf(target.url);
  if (!(await becomesFree(address))) {
    throw new ProgramFailure(`port ${address.port} is still in use by an earlier run or another program`);
  }
  return await loadTarget(await startServer(target, address, context), workload, context);
}

async function startServer(target: ServerTarget, address: Address, context: RunContext): Promise<Target> {
  const { signal, readyMs } = context;
  signal?.throwIfAborted();
  const { server } = placementOf(context);
  // the same as `shell: true`, but for the pinning
  const argv = ["/bin/sh", "-c", target.command];
  const [file = "/bin/sh", ...args] = pinned(argv, server);
  const child = spawn(file, args, { detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const stderr = keepTail(child.stderr, 16_384);
  const stdout = keepTail(child.stdout, 16_384);
  child.stdin.on("error", () => {});
  child.on("error", () => {}); // seen as a missing pid below
  const { pid } = child;
  if (pid === undefined) throw new ProgramFailure(`the shell for "${target.command}" could not be started`);
  enlist(pid);
  const stop = async (): Promise<number> => {
    const members = noteMembers(pid);
    child.stdin.end();
    await endRemains(pid, members, 2_000);
    dismiss(pid);
    return 0; // a server is meant to run on; being asked to end is no leak
  };
  const until = Date.now() + readyMs;
  for (;;) {
    const status = await firstStatus(address);
    if (status !== null && status >= 200 && status < 300) break;
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (!ended && status === null && Date.now() < until && signal?.aborted !== true) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      continue;
    }
    const said = lastWords(`${stdout()}\n${stderr()}`);
    await stop();
    signal?.throwIfAborted();
    if (status !== null)
      throw new ProgramFailure(`answered ${status} to GET ${address.path}, where 2xx is needed`);
    const how = ended
      ? `ended with ${child.exitCode ?? child.signalCode}`
      : `did not answer within ${readyMs / 1_000} s`;
    throw new ProgramFailure(
      `the server ${how} before it listened on ${address.host}:${address.port}${said === "" ? "" : `: ${said}`}`,
    );
  }
  return {
    pid,
    ...address,
    body: null,
    begin: () => {},
    end: async () => null,
    stop,
    kill: async () => void (await stop()),
  };
}

async function firstStatus(address: Address): Promise<number | null> {
  return await new Promise((resolve) => {
    const call = request({ ...address, timeout: 5_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    call.on("timeout", () => call.destroy());
    call.on("error", () => resolve(null));
    call.end();
  });
}

/** The kernel may close the listening socket of an ended process a moment later. */
async function becomesFree({ host, port }: Address): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    if (!(await listens(host, port))) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}

async function listens(host: string, port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const settle = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(false));
    socket.once("error", () => settle(false));
  });
}
