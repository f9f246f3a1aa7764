import { checkOptions, type Rules, TEXT } from "../error/options.js";
import { WAIT } from "../group/wait.js";
import type { AcquireOptions, LockOptions } from "./types.js";

const LOCK: Rules<LockOptions> = { name: TEXT };

export const ACQUIRE: Rules<AcquireOptions> = {
  ...WAIT,
  priority: (value) => !Number.isFinite(value) && "a finite number, higher first",
};

export function nameOf(options: LockOptions): string | undefined {
  checkOptions(options, LOCK);
  return options.name;
}
