import type { CompareEvent } from "@heddle/lab";
import { createLogUpdate } from "log-update";
import { lastingLine, progressLine } from "./progress.js";

/** Shows what is happening, on stderr: stdout is for the answer. */
export interface Screen {
  onEvent(event: CompareEvent): void;
  /** Text that stays above the bar. */
  say(text: string): void;
  /** Takes the bar away, so that others may write. */
  clear(): void;
}

/** The part of a stream that is used; a test gives its own. */
export type ScreenStream = Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">;

/** Without a terminal a line every few seconds is enough to see that it lives, and fits a log. */
const EVERY_MS = 5_000;

export function screen(stream: NodeJS.WriteStream | ScreenStream, now: () => number = Date.now): Screen {
  const line = bar(stream, now);
  const say = (text: string): void => {
    line.clear();
    stream.write(`${text}\n`);
  };
  return {
    say,
    clear: line.clear,
    onEvent(event) {
      const lasting = lastingLine(event);
      if (lasting !== null) say(lasting);
      const progress = progressLine(event);
      if (progress !== null) line.show(progress);
    },
  };
}

/** One line about what is going on now. */
export interface Bar {
  show(line: string): void;
  clear(): void;
}

/** On a terminal a line that changes; elsewhere one every few seconds. */
export function bar(stream: NodeJS.WriteStream | ScreenStream, now: () => number = Date.now): Bar {
  return "rows" in stream && stream.isTTY ? moving(stream) : still(stream, now);
}

/** One line that is drawn over and over; cut, because a line that wraps cannot be taken back. */
function moving(stream: NodeJS.WriteStream): Bar {
  const update = createLogUpdate(stream, { showCursor: true });
  return {
    show: (line) => update(line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))),
    clear: () => update.clear(),
  };
}

function still(stream: ScreenStream, now: () => number): Bar {
  let next = 0;
  return {
    show(line) {
      if (now() < next) return;
      next = now() + EVERY_MS;
      stream.write(`${line}\n`);
    },
    clear: () => undefined,
  };
}
