/** Clock and scheduler are the whole process's: two at once would each see half of what happens. */
let holder: string | undefined;

/** Takes the process for `who`; the result gives it back, once. Throws if somebody has it. */
export function takeProcess(who: string): () => void {
  if (holder !== undefined) {
    throw new Error(
      `${who} cannot start while ${holder} is in use: dispose of that first, they share one process`,
    );
  }
  holder = who;
  let held = true;
  return () => {
    if (held) holder = undefined;
    held = false;
  };
}
