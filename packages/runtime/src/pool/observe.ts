import type { Observer } from "./engine.js";

/** Tells several observers; each hook is left out where nobody has it, so that what is not observed costs nothing. */
export function observers(all: readonly Partial<Observer>[]): Observer {
  const those = <K extends keyof Observer>(hook: K) =>
    all.filter((each): each is Pick<Observer, K> => each[hook] !== undefined);
  const submitted = those("submitted");
  const began = those("began");
  const ended = those("ended");
  const started = those("threadStarted");
  const ready = those("threadReady");
  const gone = those("threadGone");
  const busy = those("busy");
  const idle = those("idle");
  return {
    submitted: (call) => {
      for (const each of submitted) each.submitted(call);
    },
    began: (call, thread, startedMs) => {
      for (const each of began) each.began(call, thread, startedMs);
    },
    ended: (call, outcome, startedMs, runNs, error) => {
      for (const each of ended) each.ended(call, outcome, startedMs, runNs, error);
    },
    threadStarted: (thread) => {
      for (const each of started) each.threadStarted(thread);
    },
    threadReady: (thread) => {
      for (const each of ready) each.threadReady(thread);
    },
    threadGone: (thread, exitCode, error) => {
      for (const each of gone) each.threadGone(thread, exitCode, error);
    },
    busy: () => {
      for (const each of busy) each.busy();
    },
    idle: () => {
      for (const each of idle) each.idle();
    },
  };
}
