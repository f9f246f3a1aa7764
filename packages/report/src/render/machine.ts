import { coresText } from "@heddle/claims/words";
import type { Machine } from "@heddle/lab";
import { exact, figure, NOTHING } from "../shared/number.js";
import { plain } from "../shared/text.js";
import { type Child, type Html, html } from "./html.js";
import { words } from "./name.js";

export type Fact = readonly [name: string, value: Child];

/** What was measured on: the facts first, then what the page adds to them, then how to tell this run from others. */
export function machineList(
  { machine, seed, createdAt }: { machine: Machine; seed: number; createdAt: string },
  own: readonly Fact[],
): Html {
  const { limits } = machine;
  const facts: readonly Fact[] = [
    ["Processor", html`${words(machine.cpu, 120)}, ${coresText(machine.cores)}`],
    ["Memory", `${figure(machine.memoryMb / 1024)} GiB`],
    ["System", html`${words(machine.os, 120)}, kernel ${words(machine.kernel, 80)}`],
    [
      "Virtual",
      machine.virtualization === null ? "no, or it cannot be told" : words(machine.virtualization, 80),
    ],
    [
      "Limits",
      `open files ${exact(limits.openFiles)}, processes ${exact(limits.processes)}, ports ${exact(limits.ports)}, backlog ${exact(limits.backlog)}`,
    ],
    ...own,
    ["Seed", String(seed)],
    ["Measured", html`<time datetime="${plain(createdAt, 40)}">${plain(createdAt, 40)}</time>`],
  ];
  return html`<dl class="machine">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? NOTHING}</dd></div>`)}</dl>`;
}
