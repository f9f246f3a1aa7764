import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** One Ctrl+C reaches us twice under npm, from the terminal and from npm: an echo is no second wish. */
const ECHO_MS = 500;

/** How the process was asked to stop, if it was. */
export interface Stop extends Disposable {
  readonly signal: AbortSignal;
  /** 130 after SIGINT, 143 after SIGTERM; null while nobody asked. */
  readonly exitCode: number | null;
}

/**
 * The first signal asks: measuring stops its programs and keeps what it has. The second leaves at once;
 * the lab's exit hook then kills what still runs.
 */
export function stopOnSignals(say: (text: string) => void): Stop {
  const controller = new AbortController();
  let exitCode: number | null = null;
  let asked = 0;
  const onSignal = (name: NodeJS.Signals): void => {
    if (exitCode !== null) {
      if (performance.now() - asked > ECHO_MS) process.exit(exitCode);
      return;
    }
    asked = performance.now();
    exitCode = 128 + constants.signals[name];
    say(`${name}: stopping, and keeping what was measured; once more leaves at once`);
    controller.abort(name);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    [Symbol.dispose]() {
      // Once asked, we end with that exit code: a late echo must not kill us on the way out.
      if (exitCode !== null) return;
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
