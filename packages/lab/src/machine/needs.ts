import type { Notice } from "../result/schema.js";

/** What the planned measurement asks of the machine. */
export interface Needs {
  /** Connections held open at once. */
  readonly connections: number;
  /** Threads of the greediest model. */
  readonly threads: number;
  readonly cores: number;
  readonly memoryMb?: number;
  readonly diskMb?: number;
  readonly outDir?: string;
}

export type Severity = Notice["severity"];

/** One notice. A blocker means that the measurement would fail; a warning that its numbers need care. */
export function notice(id: string, severity: Severity, message: string, mend: string | null): Notice {
  return { id, severity, message, mend };
}
