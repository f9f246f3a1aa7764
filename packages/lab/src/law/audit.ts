import { z } from "zod";
import { figure } from "../statistics/figure.js";
import { type AuditTableRow, parseAuditTable } from "./auditTable.js";
import { SLACK } from "./little.js";

export const AUDIT_SCHEMA = "heddle.audit/1";

/** What `heddle audit --json` prints. Published as a JSON schema; fields may be added, none goes. */
export const auditSchema = z.object({
  schema: z.literal(AUDIT_SCHEMA),
  rows: z.array(
    z.object({
      name: z.string(),
      possible: z.boolean(),
      /** The law that the row breaks; null when it breaks none (or only contradicts itself). */
      law: z.enum(["little", "utilization"]).nullable(),
      why: z.string(),
    }),
  ),
});

export type AuditResult = z.infer<typeof auditSchema>;
export type AuditRow = AuditResult["rows"][number];

/**
 * How far above the median a mean is believed to lie when a table gives no mean. An exponential has 1.4 times its
 * median, a lognormal with sigma 2 seven times; nothing follows from the median alone, so ten is a convention.
 */
const MEAN_OVER_MEDIAN = 10;

/**
 * Holds a published table against Little's law and the utilization law. `rows` is parsed JSON.
 *
 * A row is impossible only when its most favourable reading is more than 5 % off:
 * - every request waits `waitMs`, so neither mean nor median can be shorter;
 * - with a throughput, users may think between requests: connections only bound how many are in flight, X * R <= N;
 * - without one, connections are busy all the time: X = N / R;
 * - a median alone says that the mean is at least (wait + median) / 2, as half the requests take the median or more;
 *   and, where a long mean is favourable, that it is at most ten medians (or p99 if that is more; or the maximum);
 * - X times CPU per request needs so many cores; a row that gives no cores is told how many it needs, not judged.
 * @throws UserError BAD_FILE naming the row and field that cannot be used.
 */
export function audit(rows: unknown): AuditResult {
  return { schema: AUDIT_SCHEMA, rows: parseAuditTable(rows).map(judge) };
}

function judge(row: AuditTableRow): AuditRow {
  const verdict = belowWait(row) ?? contradiction(row) ?? overLittle(row) ?? overCores(row);
  return { name: row.name, ...(verdict ?? { possible: true, law: null, why: fits(row) }) };
}

type Verdict = Omit<AuditRow, "name">;

function belowWait({ latencyMs, waitMs }: AuditTableRow): Verdict | null {
  for (const which of ["mean", "p50"] as const) {
    const value = latencyMs[which];
    if (value === undefined || value >= waitMs * (1 - SLACK)) continue;
    const why = `Every request waits ${figure(waitMs)} ms, so a ${which} of ${figure(value)} ms is shorter than its own wait.`;
    return { possible: false, law: "little", why };
  }
  return null;
}

function contradiction(row: AuditTableRow): Verdict | null {
  const { mean, p50 } = row.latencyMs;
  if (mean === undefined || p50 === undefined) return null;
  const least = (row.waitMs + Math.max(p50, row.waitMs)) / 2;
  if (mean >= least * (1 - SLACK)) return null;
  const why = `Half of the requests take the median of ${figure(p50)} ms or more, so the mean is at least ${figure(least)} ms, not ${figure(mean)} ms.`;
  return { possible: false, law: null, why };
}

function overLittle(row: AuditTableRow): Verdict | null {
  const { throughputPerS, connections } = row;
  if (throughputPerS === undefined) return null;
  const { ms, words } = shortestMean(row);
  const inFlight = (throughputPerS * ms) / 1_000;
  if (inFlight <= connections * (1 + SLACK)) return null;
  const why = `${figure(throughputPerS)} requests/s at ${words} keep ${figure(inFlight)} in flight, but the most that ${connectionsOf(row)} can carry at that latency is ${figure((connections / ms) * 1_000)} requests/s.`;
  return { possible: false, law: "little", why };
}

function overCores(row: AuditTableRow): Verdict | null {
  const need = coresNeeded(row);
  if (need === null || row.cores === undefined || need.cores <= row.cores * (1 + SLACK)) return null;
  const why = `${need.words}, and the row gives it ${figure(row.cores)}.`;
  return { possible: false, law: "utilization", why };
}

function fits(row: AuditTableRow): string {
  const need = coresNeeded(row);
  const parts = [littleWords(row)];
  if (need !== null) {
    const given = row.cores === undefined ? "does not say how many it had" : `gives it ${figure(row.cores)}`;
    parts.push(`${need.words}; the row ${given}`);
  }
  return `${parts.join(". ")}.`;
}

function littleWords(row: AuditTableRow): string {
  const { throughputPerS, connections, waitMs } = row;
  const { ms, words } = shortestMean(row);
  if (throughputPerS === undefined) {
    if (ms <= 0) return `${connectionsOf(row)} without a latency: nothing to hold against Little's law`;
    return `${connectionsOf(row)} at ${words} carry at most ${figure((connections / ms) * 1_000)} requests/s`;
  }
  const inFlight = (throughputPerS * ms) / 1_000;
  const fit = `${figure(throughputPerS)} requests/s at ${words} keep ${figure(inFlight)} in flight on ${connectionsOf(row)}`;
  const arithmetic = waitMs > 0 && Math.abs((throughputPerS * waitMs) / 1_000 / connections - 1) <= SLACK;
  return arithmetic
    ? `${fit}; connections divided by the wait give the same rate: the wait set it, not the server`
    : fit;
}

/** The shortest mean latency that the row allows: favourable for Little's law. */
function shortestMean({ latencyMs, waitMs }: AuditTableRow): { readonly ms: number; readonly words: string } {
  const { mean, p50 } = latencyMs;
  if (mean !== undefined) return { ms: mean, words: `a mean of ${figure(mean)} ms` };
  if (p50 === undefined) return { ms: waitMs, words: `a wait of ${figure(waitMs)} ms` };
  const ms = (waitMs + Math.max(p50, waitMs)) / 2;
  return { ms, words: `a mean of at least ${figure(ms)} ms (median ${figure(p50)} ms)` };
}

/** The longest mean latency that the row allows: favourable for the utilization law. Null: it sets no bound. */
function longestMean({ latencyMs, waitMs }: AuditTableRow): number | null {
  const { mean, p50, p99, max } = latencyMs;
  const longest = mean ?? (p50 ? Math.max(MEAN_OVER_MEDIAN * p50, p99 ?? 0, waitMs) : null);
  const bounded = mean === undefined && max !== undefined ? Math.min(longest ?? max, max) : longest;
  // 0 ms is a latency finer than the table's clock: it bounds nothing.
  return bounded === null || bounded === 0 ? null : bounded;
}

function coresNeeded(row: AuditTableRow): { readonly cores: number; readonly words: string } | null {
  const { cpuMsPerRequest, throughputPerS, connections, latencyMs } = row;
  if (cpuMsPerRequest === undefined) return null;
  const cpu = `${figure(cpuMsPerRequest)} ms CPU each`;
  if (throughputPerS !== undefined) {
    const cores = (throughputPerS * cpuMsPerRequest) / 1_000;
    return { cores, words: `${figure(throughputPerS)} requests/s at ${cpu} need ${figure(cores)} cores` };
  }
  const longest = longestMean(row);
  if (longest === null) return null;
  const cores = (connections * cpuMsPerRequest) / longest;
  const rate = `${connectionsOf(row)} without think time make ${figure((connections / longest) * 1_000)} requests/s`;
  if (latencyMs.mean !== undefined) {
    return {
      cores,
      words: `${rate} at a mean of ${figure(longest)} ms, which at ${cpu} need ${figure(cores)} cores`,
    };
  }
  const near = latencyMs.p50
    ? ` (${figure((connections * cpuMsPerRequest) / latencyMs.p50)} if the mean is near the median of ${figure(latencyMs.p50)} ms)`
    : "";
  return {
    cores,
    words: `${rate} even if the mean is ${figure(longest)} ms, which at ${cpu} need ${figure(cores)} cores${near}`,
  };
}

function connectionsOf({ connections }: AuditTableRow): string {
  return `${figure(connections)} ${connections === 1 ? "connection" : "connections"}`;
}
