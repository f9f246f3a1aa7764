import type { Command, CommanderError } from "commander";

/**
 * Commander's "error: X\n(Did you mean Y?)" in the lines of every other message of ours: what was wrong, what was
 * got and expected where that is not said already, and what to type next.
 */
export function wrongCall({ code, message }: CommanderError, root: Command, argv: readonly string[]): string {
  const [said = "", second] = message.split("\n");
  const hint = /^\(Did you mean (.*)\?\)$/.exec(second ?? "")?.[1];
  const command = called(root, argv);
  const help = `${nameOf(command)} --help`;
  const [first] = command.commands;
  const verbs = command.commands.map((each) => each.name()).join(", ");
  const what = said.replace(/^error: /, "").replace(/\.$/, "");
  const next = hint === undefined ? help : `did you mean ${hint}? (${help})`;

  if (code === "commander.unknownCommand") return lines(what, null, verbs, next);
  if (code === "commander.missingArgument") {
    const [argument] = command.registeredArguments;
    return lines(what, "nothing", argument?.description ?? null, next);
  }
  if (code === "commander.excessArguments") {
    const got = command.args.map((word) => JSON.stringify(word.slice(0, 80))).join(" ");
    if (first !== undefined) {
      const name = nameOf(command);
      return lines(
        `${name} is followed by a command, or by options alone`,
        got,
        verbs,
        `${name} ${first.name()} ${command.args.join(" ")}, or ${help}`,
      );
    }
    const takes = command.registeredArguments.map((argument) => `<${argument.name()}>`).join(" ");
    return lines(
      `${nameOf(command)} got too many words`,
      got,
      takes === "" ? "options only" : `${takes} alone, and options`,
      next,
    );
  }
  return lines(what, null, null, next);
}

function lines(what: string, got: string | null, expected: string | null, next: string): string {
  return [
    what,
    ...(got === null ? [] : [`  got:      ${got}`]),
    ...(expected === null ? [] : [`  expected: ${expected}`]),
    `  try:      ${next}`,
  ].join("\n");
}

/** The command that a command line is for, as far as it names one. */
function called(root: Command, argv: readonly string[]): Command {
  let command = root;
  for (const word of argv.filter((each) => !each.startsWith("-"))) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) break;
    command = next;
  }
  return command;
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
