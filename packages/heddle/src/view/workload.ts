import type { Cell } from "@heddle/lab";
import { count } from "./number.js";

type CellWorkload = Cell["workload"];

/** One line that says what was asked of the models. */
export function workloadTitle(workload: CellWorkload): string {
  if (workload.kind === "wait") {
    return `wait: ${count(workload.tasks)} tasks at once, each waits ${count(workload.waitMs)} ms`;
  }
  if (workload.kind === "hash") {
    return `hash: ${count(workload.tasks)} SHA-256 over ${count(workload.bytes)} bytes`;
  }
  const { connections, rate, arrivals, ioMs, cpuMs, downstream } = workload;
  const wait =
    ioMs === 0
      ? []
      : [downstream ? `calls a server that takes ${count(ioMs)} ms` : `waits ${count(ioMs)} ms`];
  const work = cpuMs === 0 ? [] : [`computes ${count(cpuMs)} ms`];
  const does = [...wait, ...work].join(" and ");
  const load = `${count(connections)} connections, ${count(rate)} requests/s (${arrivals})`;
  return `serve: ${load}${does === "" ? "" : `, each ${does}`}`;
}

/** A few words, for progress lines and lists. */
export function workloadName(workload: CellWorkload): string {
  if (workload.kind === "wait") return `wait ${count(workload.tasks)} x ${count(workload.waitMs)} ms`;
  if (workload.kind === "hash") return `hash ${count(workload.tasks)}`;
  const { ioMs, cpuMs, downstream, connections, rate } = workload;
  const wait = ioMs === 0 ? [] : [`${downstream ? "downstream" : "io"} ${count(ioMs)} ms`];
  const work = cpuMs === 0 ? [] : [`cpu ${count(cpuMs)} ms`];
  const does = [...wait, ...work].join(" + ");
  return `serve ${does}${does === "" ? "" : ", "}${count(connections)} conn, ${count(rate)}/s`;
}

/** Equal for cells of the same workload. */
export function workloadKey(workload: CellWorkload): string {
  return JSON.stringify(Object.entries(workload).sort(([a], [b]) => (a < b ? -1 : 1)));
}
