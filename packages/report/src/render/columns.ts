import { intervalOf } from "../shared/interval.js";
import { NOTHING } from "../shared/number.js";
import type { Cell } from "../shared/workload.js";
import { type Html, html } from "./html.js";
import { measured } from "./table.js";

/** One figure of the table of a workload. */
export interface Figure {
  readonly head: string;
  readonly title: string;
  readonly value: (cell: Cell) => number | null;
  readonly show: (cell: Cell) => Html;
}

/** Figures under one heading that names their unit. */
export interface FigureGroup {
  readonly head: string;
  readonly figures: readonly Figure[];
}

type Named = Parameters<typeof intervalOf>[1];

function figureOf(
  head: string,
  title: string,
  value: (cell: Cell) => number | null | undefined,
  interval?: Named,
): Figure {
  return {
    head,
    title,
    value: (cell) => value(cell) ?? null,
    show: (cell) => measured(value(cell), interval === undefined ? null : intervalOf(cell, interval)),
  };
}

const TAIL: Figure = {
  head: "p99.9",
  title: "999 of 1 000 were at most this slow",
  value: (cell) => cell.latencyMs?.p999 ?? null,
  show: (cell) =>
    cell.latencyMs?.p999 === null
      ? html`<abbr title="fewer than 100 000 samples">${NOTHING}</abbr>`
      : measured(cell.latencyMs?.p999, intervalOf(cell, "p999")),
};

const LATENCY: FigureGroup = {
  head: "Latency, ms",
  figures: [
    figureOf("p50", "half were at most this slow", (c) => c.latencyMs?.p50, "p50"),
    figureOf("p90", "9 of 10 were at most this slow", (c) => c.latencyMs?.p90, "p90"),
    figureOf("p99", "99 of 100 were at most this slow", (c) => c.latencyMs?.p99, "p99"),
    TAIL,
    figureOf("max", "the slowest", (c) => c.latencyMs?.max, "max"),
  ],
};
const INSIDE: FigureGroup = {
  head: "Inside the task, ms",
  figures: [
    figureOf("p50", "as code would say that starts its clock inside the task", (c) => c.insideMs?.p50),
    figureOf("p99", "as code would say that starts its clock inside the task", (c) => c.insideMs?.p99),
  ],
};
const RATE: FigureGroup = {
  head: "Throughput",
  figures: [figureOf("per s", "completed per second", (c) => c.throughputPerS, "throughput")],
};
const SPEEDUP: FigureGroup = {
  head: "Speed-up",
  figures: [figureOf("×", "against one hash after another on one core", (c) => c.speedup, "speedup")],
};
const CPU: FigureGroup = {
  head: "CPU",
  figures: [
    figureOf("ms/task", "processor time of all its processes per task", (c) => c.cpuMsPerTask, "cpu"),
  ],
};
const MEMORY: FigureGroup = {
  head: "Memory, MiB",
  figures: [
    figureOf("baseline", "ready, before any work", (c) => c.memoryMb?.baseline, "baseline"),
    figureOf("plateau", "while it works", (c) => c.memoryMb?.plateau, "plateau"),
    figureOf("peak", "the highest seen", (c) => c.memoryMb?.peak, "peak"),
  ],
};
const SWITCHES: FigureGroup = {
  head: "Switches per task",
  figures: [
    figureOf("voluntary", "it went to wait", (c) => c.switchesPerTask?.voluntary, "voluntary"),
    figureOf(
      "involuntary",
      "it was taken off the core",
      (c) => c.switchesPerTask?.involuntary,
      "involuntary",
    ),
  ],
};
const LOOP: FigureGroup = {
  head: "Event-loop delay, ms",
  figures: [
    figureOf("p50", "how late the loop came to its timers", (c) => c.eventLoop?.delayP50Ms),
    figureOf("p99", "how late the loop came to its timers", (c) => c.eventLoop?.delayP99Ms),
    figureOf("max", "how late the loop came to its timers", (c) => c.eventLoop?.delayMaxMs),
  ],
};

/** The groups of figures that say anything about these cells. */
export function figureGroups(cells: readonly Cell[]): FigureGroup[] {
  const any = (group: FigureGroup) =>
    group.figures.some((figure) => cells.some((cell) => figure.value(cell) !== null));
  const optional = [SPEEDUP, INSIDE, LOOP].filter(any);
  const order = [LATENCY, RATE, SPEEDUP, CPU, MEMORY, SWITCHES, LOOP, INSIDE];
  return order.filter((group) => optional.includes(group) || ![SPEEDUP, INSIDE, LOOP].includes(group));
}
