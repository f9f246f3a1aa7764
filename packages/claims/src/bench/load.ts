import {
  judgeLoad,
  LatencyHistogram,
  type LoadPlan,
  type LoadResult,
  type Quantiles,
  runLoad,
} from "@heddle/lab";

export interface LoadOptions {
  readonly port: number;
  readonly path?: string;
  /** Arrivals per second, on their own clock. */
  readonly ratePerS: number;
  readonly connections: number;
  readonly durationS: number;
  readonly warmupS?: number;
  /** Default poisson. */
  readonly arrivals?: LoadPlan["arrivals"];
  /** `closed`: each connection asks again as soon as it was answered. */
  readonly mode?: LoadPlan["mode"];
  readonly timeoutMs?: number;
  readonly onWindowStart?: () => void;
  readonly onWindowEnd?: () => void;
}

export interface LoadAnswer {
  readonly latencyMs: Quantiles;
  readonly answeredPerS: number;
  readonly askedPerS: number;
  /** Time average of requests in the system, queued clients included. */
  readonly meanInFlight: number;
  readonly errors: LoadResult["errors"];
  /** Why these figures cannot be vouched for (`saturated: ...`, `generator ...`), or null. */
  readonly void: string | null;
  readonly generatorCpuShare: number;
}

/** The lab's generator, with the choices that experiments need. */
export async function loadServer(
  options: LoadOptions,
  seed: number,
  signal: AbortSignal,
): Promise<LoadAnswer> {
  const plan: LoadPlan = {
    host: "127.0.0.1",
    port: options.port,
    path: options.path ?? "/",
    connections: options.connections,
    ratePerS: options.ratePerS,
    arrivals: options.arrivals ?? "poisson",
    seed,
    warmupS: options.warmupS ?? 0.3,
    durationS: options.durationS,
    timeoutMs: options.timeoutMs ?? 10_000,
    expectBody: null,
    mode: options.mode ?? "open",
    nice: -10,
    cpus: null,
  };
  const result = await runLoad(plan, {
    signal,
    ...(options.onWindowStart === undefined ? {} : { onWindowStart: options.onWindowStart }),
    ...(options.onWindowEnd === undefined ? {} : { onWindowEnd: options.onWindowEnd }),
  });
  return {
    latencyMs: LatencyHistogram.decode(result.latency).quantiles(),
    answeredPerS: result.answered / result.windowS,
    askedPerS: result.asked / result.windowS,
    meanInFlight: result.meanInFlight,
    errors: result.errors,
    void: judgeLoad(plan, result),
    generatorCpuShare: result.cpuShare,
  };
}
