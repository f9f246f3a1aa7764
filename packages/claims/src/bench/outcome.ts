import { ProgramFailure, type Ran } from "@heddle/lab";

/** The `{"result": {...}}` of a program, read by name; what is missing or of another kind is the program's failure. */
export interface Result {
  readonly raw: Readonly<Record<string, unknown>>;
  number(name: string): number;
  numbers(name: string): number[];
  text(name: string): string;
}

/** How a run of a program went, with what it printed. */
export interface Outcome extends Ran {
  /** Its last `{"result": ...}` line. @throws ProgramFailure when there was none. */
  readonly result: Result;
  /** Lines of stdout, without empty ones. */
  readonly lines: readonly string[];
}

export function outcomeOf(file: string, ran: Ran): Outcome {
  return {
    ...ran,
    lines: ran.stdout.split("\n").filter((line) => line.trim() !== ""),
    get result() {
      return resultIn(file, ran);
    },
  };
}

function resultIn(file: string, ran: Ran): Result {
  for (const line of ran.stdout.split("\n").reverse()) {
    if (!line.startsWith('{"result"')) continue;
    const value = parsed(file, line);
    const result: unknown = typeof value === "object" && value !== null && Reflect.get(value, "result");
    if (typeof result === "object" && result !== null)
      return resultOf(file, Object.fromEntries(Object.entries(result)));
  }
  throw new ProgramFailure(`${file} printed no result${howItEnded(ran)}`);
}

function parsed(file: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ProgramFailure(`${file} printed a result that is not JSON: ${line.slice(0, 120)}`);
  }
}

export function resultOf(file: string, raw: Readonly<Record<string, unknown>>): Result {
  const wrong = (name: string, kind: string): ProgramFailure =>
    new ProgramFailure(`${file} gave ${JSON.stringify(raw[name])?.slice(0, 80)} as "${name}", not ${kind}`);
  return {
    raw,
    number(name) {
      const value = raw[name];
      if (typeof value === "number" && Number.isFinite(value)) return value;
      throw wrong(name, "a number");
    },
    numbers(name) {
      const value = raw[name];
      if (Array.isArray(value) && value.every((each) => Number.isFinite(each))) return value;
      throw wrong(name, "a list of numbers");
    },
    text(name) {
      const value = raw[name];
      if (typeof value === "string") return value;
      throw wrong(name, "text");
    },
  };
}

/** For messages: why a program that should have ended well did not. */
export function howItEnded(ran: Ran): string {
  const last = ran.stderr.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
  if (ran.end === "time") return ": it was killed at its time limit";
  if (ran.end === "memory") return ": it was killed because it took more than half of the memory";
  const how = ran.signal === null ? `code ${ran.code}` : ran.signal;
  return `: it ended with ${how}${last === "" ? "" : `, saying ${JSON.stringify(last)}`}`;
}
