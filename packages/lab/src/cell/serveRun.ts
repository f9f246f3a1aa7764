import { littleOpen } from "../law/little.js";
import { utilization } from "../law/utilization.js";
import { judgeLoad } from "../load/judge.js";
import type { LoadPlan, LoadResult } from "../load/plan.js";
import { LatencyHistogram } from "../statistics/histogram.js";
import { lawReason } from "./lawReason.js";
import type { MeasuredRun, RunMemory } from "./run.js";
import type { Seen } from "./window.js";

export interface ServeEvidence {
  readonly plan: LoadPlan;
  readonly load: LoadResult;
  readonly seen: Seen;
  readonly memory: RunMemory | null;
  readonly cores: number;
}

/** Turns what generator, server and /proc said about one window into a run. */
export function serveRun({ plan, load, seen, memory, cores }: ServeEvidence): MeasuredRun {
  const latency = LatencyHistogram.decode(load.latency);
  const throughputPerS = load.answered / load.windowS;
  const { said, counted, noise } = seen;
  const saidMs = said?.usage?.userMs === undefined ? null : said.usage.userMs + (said.usage.systemMs ?? 0);
  const cpuMs = saidMs ?? counted?.cpuMs ?? null;
  const laws = {
    little: littleOpen({
      meanInFlight: load.meanInFlight,
      throughputPerS,
      meanLatencyMs: latency.count === 0 ? 0 : latency.quantiles().mean,
    }),
    utilization:
      load.answered === 0 || cpuMs === null
        ? null
        : utilization({ throughputPerS, cpuMsPerTask: cpuMs / load.answered, cores }),
  };
  const reason = judgeLoad(plan, load) ?? lawReason(laws);
  return {
    latency,
    inside: null,
    tasks: load.answered,
    throughputPerS,
    cpuMs,
    switches: switchesOf(seen),
    memory,
    eventLoop: said?.loop ?? null,
    speedup: null,
    generator: {
      askedPerS: load.asked / load.windowS,
      arrivedPerS: load.arrived / load.windowS,
      answeredPerS: throughputPerS,
      cpuShare: load.cpuShare,
      sendLagP99Ms: load.sendLagMs.p99,
      connections: load.connected,
    },
    errors: load.errors,
    series: load.perSecond.map((second) => second.p50Ms),
    laws,
    noise,
    void: reason,
    // the server is to blame for failed requests and for saturation; the box or the generator for the rest
    disturbed: reason?.startsWith("generator") === true || reason?.startsWith("arrivals") === true,
  };
}

/** The server's own count covers threads that ended; the one from /proc serves for strangers. */
function switchesOf({ said, counted }: Seen): MeasuredRun["switches"] {
  const voluntary = said?.usage?.voluntary ?? counted?.voluntary;
  const involuntary = said?.usage?.involuntary ?? counted?.involuntary;
  return voluntary === undefined || involuntary === undefined ? null : { voluntary, involuntary };
}
