import { fileURLToPath } from "node:url";
import { type Helper, startHelper } from "./child.js";
import { type LoadPlan, type LoadResult, loadPlan } from "./plan.js";
import { fromGenerator } from "./protocol.js";

const GENERATOR = fileURLToPath(new URL("./main.js", import.meta.url));
/** Opening connections may take this long, beside the time the plan asks for. */
const SLACK_MS = 120_000;
/** Room for young objects: collections of the default 16 MB show as send lag at high rates. */
const NODE_OPTIONS = ["--max-semi-space-size=32"];

export interface RunLoadOptions {
  /** Ends the generator; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** All connections are open and idle. The load begins when the promise resolves. */
  readonly onConnected?: () => Promise<void> | void;
  readonly onWindowStart?: () => void;
  readonly onWindowEnd?: () => void;
}

/**
 * Puts the load of `plan` on a server, from a process of its own, and resolves with what was measured.
 *
 * Open mode is partly open: requests arrive at moments drawn from the seed, whether or not earlier ones were answered;
 * each takes the connection that has been idle longest, or waits for one. Latency counts from the intended moment.
 * When not all connections can be opened the load is not run: `connected` says how many there were, the counts are
 * zero, and no hook is called. Whether the figures can be trusted is for `judgeLoad` to say.
 *
 * @throws Error when the generator itself fails, which is our bug; what the server does wrong is counted instead.
 */
export async function runLoad(plan: LoadPlan, options: RunLoadOptions = {}): Promise<LoadResult> {
  const { signal } = options;
  signal?.throwIfAborted();
  const node = [process.execPath, ...NODE_OPTIONS, GENERATOR, JSON.stringify(loadPlan.parse(plan))] as const;
  const limitMs = (plan.warmupS + plan.durationS) * 1_000 + plan.timeoutMs + SLACK_MS;
  await using helper = await startHelper(
    plan.cpus === null ? node : ["taskset", "--cpu-list", plan.cpus, ...node],
  );
  signal?.throwIfAborted(); // a signal that was aborted meanwhile tells nobody who listens only now
  let stop: () => void = () => undefined;
  let limit: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
    limit = setTimeout(() => reject(new Error(`the load generator did not end in ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([follow(helper, options), stopped]);
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener("abort", stop);
  }
}

async function follow(helper: Helper, options: RunLoadOptions): Promise<LoadResult> {
  for await (const line of helper.lines) {
    const message = fromGenerator.parse(JSON.parse(line));
    if (message.type === "result") return message.result;
    if (message.type === "window-start") options.onWindowStart?.();
    else if (message.type === "window-end") options.onWindowEnd?.();
    else {
      await options.onConnected?.();
      helper.write("start");
    }
  }
  throw new Error(`the load generator ended without a result: ${helper.stderr().trim() || "no message"}`);
}
