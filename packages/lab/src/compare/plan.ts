import type { Cell, CellWorkload, CompareResult, ModelEntry, Notice } from "../result/schema.js";
import type { Workload } from "../workload/schema.js";

/** A real server, measured as one more model. */
export interface ServerTarget {
  /** Started through the shell, in a session of its own. */
  readonly command: string;
  readonly url: string;
  readonly name: string;
}

/** What `compare` is asked to do; every default is filled in by `planOf`. */
export interface ComparePlan {
  readonly workloads: readonly Workload[];
  /** Names of models to measure; null: all that this machine can run. */
  readonly models: readonly string[] | null;
  /** Paths of model.json files of the user's own. */
  readonly modelFiles: readonly string[];
  readonly server: ServerTarget | null;
  readonly preset: "quick" | "default";
  /** Fresh processes per model and workload. */
  readonly runs: number;
  /** How long a program or server may take to get ready; 30 s when left out. */
  readonly readyMs?: number;
  /** serve: load offered before the window is measured. */
  readonly warmupS: number;
  readonly seed: number;
  /** CPU per request values for which `serve` is repeated, or null. */
  readonly sweepCpuMs: readonly number[] | null;
  readonly requirement: { readonly p99Ms: number | null; readonly memoryMb: number | null };
  /** "shared": server and generator on all cores. "pinned": server on the first core, generator on the second. */
  readonly placement: "shared" | "pinned";
  /** Where results will be written; the preflight looks at its room. null: nowhere. */
  readonly outDir: string | null;
}

/** What happens while measuring, for progress bars and early tables. */
export type CompareEvent =
  | { readonly type: "notice"; readonly notice: Notice }
  | { readonly type: "model"; readonly entry: ModelEntry }
  | { readonly type: "building"; readonly model: string; readonly done: number; readonly total: number }
  | { readonly type: "calibrated"; readonly what: string }
  | {
      readonly type: "step";
      readonly done: number;
      readonly total: number;
      readonly model: string;
      readonly workload: CellWorkload;
      /** Seconds left by the pace so far. */
      readonly leftS: number;
    }
  /** A first look at the models that needed no build; measured again later. */
  | { readonly type: "first-look"; readonly cells: readonly Cell[] }
  | { readonly type: "cells"; readonly workload: CellWorkload; readonly cells: readonly Cell[] }
  | { readonly type: "void"; readonly model: string; readonly workload: CellWorkload; readonly why: string };

export interface CompareHooks {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: CompareEvent) => void;
  /** Awaited after each workload with all that was measured so far, so that nothing is lost when the rest goes wrong. */
  readonly onPartial?: (result: CompareResult) => Promise<void>;
}

/** Signature of `compare`; on abort it stops everything and resolves with what was measured, `partial` saying why. */
export type Compare = (plan: ComparePlan, hooks?: CompareHooks) => Promise<CompareResult>;
