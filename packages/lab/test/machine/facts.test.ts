import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { describeMachine, osName, virtualizationOf } from "../../src/machine/describe.js";
import { readFacts } from "../../src/machine/facts.js";
import { preflight } from "../../src/machine/preflight.js";
import { machineSchema, noticeSchema } from "../../src/result/schema.js";

test("this machine is described in the words of the result schema", async () => {
  const machine = machineSchema.parse(await describeMachine());
  assert.ok(machine.cores >= 1 && machine.memoryMb > 100);
  assert.ok(machine.cpu !== "" && machine.os !== "");
});

test("on Linux the limits are known", { skip: process.platform !== "linux" }, async () => {
  const { limits } = await describeMachine();
  for (const limit of [limits.openFiles, limits.processes, limits.ports, limits.backlog]) {
    assert.ok(limit !== null && limit > 0);
  }
});

test("facts of an output folder that is not there yet are those of where it would be made, and nothing is made", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "heddle-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const { outDir } = await readFacts(join(folder, "a", "b"));
  assert.equal(outDir?.path, folder);
  assert.equal(outDir?.writable, true);
  assert.ok(outDir.freeMb > 0);
  assert.equal(existsSync(join(folder, "a")), false);
});

test("preflight of an impossible wish blocks", async () => {
  const notices = await preflight({ connections: 1e9, threads: 1e9, cores: 1, memoryMb: 1e9 });
  for (const one of notices) noticeSchema.parse(one);
  assert.equal(notices[0]?.severity, "blocker");
});

test("the system's name is taken from os-release with or without quotes", () => {
  assert.equal(
    osName('NAME="x"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'),
    "Debian GNU/Linux 12 (bookworm)",
  );
  assert.equal(osName("PRETTY_NAME=Alpine\n"), "Alpine");
  assert.notEqual(osName(null), "");
});

test("virtualization names the layers that the hints show", () => {
  const bare = { cpuinfo: "flags\t\t: fpu vme\n", product: "ThinkPad", container: false, kernel: "6.1.0" };
  assert.equal(virtualizationOf(bare), null);
  const guest = { ...bare, cpuinfo: "flags\t\t: fpu hypervisor vme\n", product: "KVM\n" };
  assert.equal(virtualizationOf(guest), "virtual machine (KVM)");
  assert.equal(virtualizationOf({ ...guest, product: null, container: true }), "virtual machine, container");
  assert.equal(virtualizationOf({ ...bare, kernel: "5.15-microsoft-standard-WSL2" }), "WSL");
});
