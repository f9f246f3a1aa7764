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

/** Without a terminal a line every few seconds is enough to see that it lives, and fits a log. */
const EVERY_MS = 5_000;

export function screen(stream: NodeJS.WriteStream, now: () => number = Date.now): Screen {
  return stream.isTTY === true ? live(stream) : lines(stream, now);
}

function live(stream: NodeJS.WriteStream): Screen {
  const update = createLogUpdate(stream, { showCursor: true });
  const say = (text: string): void => {
    update.clear();
    stream.write(`${text}\n`);
  };
  return {
    onEvent(event) {
      const lasting = lastingLine(event);
      if (lasting !== null) say(lasting);
      const line = progressLine(event);
      if (line !== null) update(line.slice(0, Math.max(20, (stream.columns ?? 80) - 1)));
    },
    say,
    clear: () => update.clear(),
  };
}

function lines(stream: NodeJS.WriteStream, now: () => number): Screen {
  let next = 0;
  const say = (text: string): void => {
    stream.write(`${text}\n`);
  };
  return {
    onEvent(event) {
      const lasting = lastingLine(event);
      if (lasting !== null) say(lasting);
      const line = progressLine(event);
      if (line === null || now() < next) return;
      next = now() + EVERY_MS;
      say(line);
    },
    say,
    clear: () => undefined,
  };
}
