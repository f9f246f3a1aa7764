import { performance } from "node:perf_hooks";
import type { RunContext } from "../cell/run.js";
import { requireFreePort } from "../cell/server.js";
import { UserError } from "../error.js";
import { canPin } from "../machine/cores.js";
import { describeMachine } from "../machine/describe.js";
import { preflight } from "../machine/preflight.js";
import type { CellWorkload, CompareResult, ModelEntry, Notice } from "../result/schema.js";
import { random } from "../statistics/random.js";
import { roundsPerMs } from "./calibrate.js";
import { type Entry, modelEntry, serverEntry, twinOf } from "./entry.js";
import { Ledger } from "./ledger.js";
import { Pace } from "./pace.js";
import type { Compare, CompareHooks, ComparePlan } from "./plan.js";
import { type Built, build, type Selection, selectForPlan } from "./prepare.js";
import { runRounds } from "./rounds.js";
import { cellWorkloads, needsOf } from "./workloads.js";

/**
 * Measures every chosen model under every workload of the plan. Rejects with UserError before anything is measured
 * when the plan cannot be carried out; after that it always resolves: models that fail become void cells, and an abort
 * stops everything and gives what was measured, with `partial` saying why.
 */
export const compare: Compare = async (plan, hooks = {}) => {
  const startedAt = performance.now();
  if (plan.placement === "pinned") requirePinning();
  if (plan.server !== null) await requireFreePort(plan.server);
  const workloads = cellWorkloads(plan);
  const selection = await selectForPlan(plan, workloads);
  const machine = await describeMachine();
  const notices = await notesBefore(plan, workloads, machine.cores, selection);
  for (const notice of notices) hooks.onEvent?.({ type: "notice", notice });
  for (const entry of selection.absent) hooks.onEvent?.({ type: "model", entry });

  const context: Omit<RunContext, "roundsPerMs"> = {
    cores: machine.cores,
    signal: hooks.signal,
    iterations: plan.preset === "quick" ? 2 : 4,
    warmupS: plan.warmupS,
    readyMs: plan.readyMs ?? 30_000,
    placement: plan.placement,
    seed: plan.seed,
  };
  await firstLook(plan, workloads, selection, context, hooks);
  const built = await build(selection.chosen, hooks);
  const isLeaving = hooks.signal?.aborted === true;
  if (!isLeaving) requireSomething(plan, selection, built);
  const ledger = new Ledger({
    plan,
    machine,
    notices,
    models: [...built.entries, ...selection.absent],
    startedAt,
  });
  const computes = workloads.some((workload) => workload.kind === "serve" && workload.cpuMs > 0);
  const rounds =
    computes && !isLeaving
      ? await roundsPerMs(built.startables, hooks.signal, (what) =>
          hooks.onEvent?.({ type: "calibrated", what }),
        )
      : new Map<string, number>();
  const entries = built.startables.map(modelEntry);
  if (plan.server !== null) entries.push(serverEntry(plan.server));
  await measureAll({ plan, hooks, workloads, entries, context: { ...context, roundsPerMs: rounds }, ledger });
  return ledger.result(hooks.signal?.aborted === true ? interruption(hooks.signal) : null);
};

interface Measuring {
  readonly plan: ComparePlan;
  readonly hooks: CompareHooks;
  readonly workloads: readonly CellWorkload[];
  readonly entries: readonly Entry[];
  readonly context: RunContext;
  readonly ledger: Ledger;
}

async function measureAll({ plan, hooks, workloads, entries, context, ledger }: Measuring): Promise<void> {
  const order = random(plan.seed);
  const pace = new Pace();
  const groups = workloads.map((workload) => {
    const able = entries.filter((entry) => entry.kinds.includes(workload.kind));
    const twin = twinOf(able);
    const members = twin === null ? able : [...able, twin];
    pace.expect(workload, members.length * plan.runs);
    return { workload, members };
  });
  const total = groups.reduce((all, group) => all + group.members.length * plan.runs, 0);
  let done = 0;
  for (const { workload, members } of groups) {
    if (hooks.signal?.aborted === true) return;
    let since = performance.now();
    let before: CellWorkload | null = null;
    const runs = await runRounds({
      entries: members,
      workload,
      rounds: plan.runs,
      context,
      random: order,
      repeats: plan.preset === "quick" ? 1 : 2,
      tolerant: plan.preset === "quick",
      onStep: (entry) => {
        const now = performance.now();
        if (before !== null) pace.ran(before, now - since);
        since = now;
        before = workload;
        hooks.onEvent?.({
          type: "step",
          done: done++,
          total,
          model: entry.name,
          workload,
          leftS: pace.leftS(plan.warmupS),
        });
      },
    });
    const cells = ledger.add(workload, runs);
    for (const cell of cells) {
      if (cell.void !== null) hooks.onEvent?.({ type: "void", model: cell.model, workload, why: cell.void });
    }
    hooks.onEvent?.({ type: "cells", workload, cells });
    await keepPartial(hooks, ledger);
  }
}

/** A disk that is full now may have room at the end, and the measuring is the dear part: go on, and say it. */
async function keepPartial(hooks: CompareHooks, ledger: Ledger): Promise<void> {
  try {
    await hooks.onPartial?.(ledger.result("still measuring"));
  } catch (error) {
    const message = `the result so far could not be kept: ${error instanceof Error ? error.message : String(error)}`;
    const notice: Notice = { id: "partial-not-kept", severity: "warning", message, mend: null };
    hooks.onEvent?.({ type: "notice", notice });
  }
}

/** Quick runs show something before compilers have run: the models that need none, once; all is measured again later. */
async function firstLook(
  plan: ComparePlan,
  workloads: readonly CellWorkload[],
  selection: Selection,
  context: Omit<RunContext, "roundsPerMs">,
  hooks: CompareHooks,
): Promise<void> {
  const [workload] = workloads;
  const ready = selection.chosen.filter((one) => one.built);
  if (plan.preset !== "quick" || workload === undefined || workload.kind === "serve") return;
  if (ready.length === 0 || ready.length === selection.chosen.length) return;
  const { startables } = await build(ready, {
    ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
  });
  const entries = startables.map(modelEntry).filter((entry) => entry.kinds.includes(workload.kind));
  const ledger = new Ledger({ plan, machine: null, notices: [], models: [], startedAt: performance.now() });
  let done = 0;
  const runs = await runRounds({
    entries,
    workload,
    rounds: 1,
    context: { ...context, roundsPerMs: new Map() },
    random: random(plan.seed),
    repeats: 0,
    tolerant: true,
    onStep: (entry) =>
      hooks.onEvent?.({
        type: "step",
        done: done++,
        total: entries.length,
        model: entry.name,
        workload,
        leftS: 0,
      }),
  });
  if (hooks.signal?.aborted !== true)
    hooks.onEvent?.({ type: "first-look", cells: ledger.add(workload, runs) });
}

async function notesBefore(
  plan: ComparePlan,
  workloads: readonly CellWorkload[],
  cores: number,
  selection: Selection,
): Promise<Notice[]> {
  const notices = await preflight({
    ...needsOf(workloads),
    cores,
    ...(plan.outDir === null ? {} : { outDir: plan.outDir }),
  });
  if (selection.leftOut.length > 0) {
    notices.push({
      id: "left-out",
      severity: "info",
      message: `left out of --quick because one run of it takes seconds: ${selection.leftOut.join(", ")}`,
      mend: `heddle compare --models ${selection.leftOut.join(",")}`,
    });
  }
  return notices;
}

function requirePinning(): void {
  if (canPin()) return;
  throw new UserError("NOT_INSTALLED", {
    what: "--placement pinned cannot be done here",
    got: "no taskset on the path",
    expected: "taskset, which is part of util-linux (Linux only)",
    next: "leave --placement out",
  });
}

function requireSomething(plan: ComparePlan, selection: Selection, built: Built): void {
  if (built.startables.length > 0 || plan.server !== null) return;
  const problems: ModelEntry[] = [...built.entries, ...selection.absent];
  const [first] = problems;
  throw new UserError("NOT_INSTALLED", {
    what: "no model that was asked for can be measured",
    got:
      first === undefined
        ? "no model runs this kind of workload"
        : problems.map((one) => `${one.name}: ${one.why}`).join("; "),
    expected: "at least one model that this machine can run",
    next: first?.install ?? "heddle models",
  });
}

function interruption(signal: AbortSignal): string {
  const reason: unknown = signal.reason;
  return typeof reason === "string" ? `interrupted by ${reason}` : "interrupted";
}

export type { CompareResult };
