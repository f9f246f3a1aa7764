import assert from "node:assert/strict";
import { test } from "node:test";
import { Command } from "commander";
import { reportFailure } from "../../src/process/failure.js";

function said(error: unknown): string {
  let text = "";
  const sink = { write: (more: string) => (text += more) };
  reportFailure(error, sink, new Command("heddle"), []);
  return text;
}

test("what an error quotes of a file or a program cannot steer the terminal; its lines stay", () => {
  const evil = "x.json is not JSON\n  got:      \u001b[2Jtoken \u009b31m\u0007";
  const mistake = Object.assign(new Error(evil), { name: "UserError", parts: {} });
  assert.equal(said(mistake), "x.json is not JSON\n  got:      token \n");
  for (const error of [mistake, new Error(evil)]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    assert.doesNotMatch(said(error), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  }
});

test("an output that cannot be written is no bug of ours", () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
    code: "ENOSPC",
    syscall: "write",
  });
  assert.match(said(full), /^the output cannot be written\n {2}got: {6}ENOSPC\n {2}try: /);
  assert.match(said(Object.assign(full, { path: "a.json" })), /^this is a bug in Heddle/);
});
