import { ANY, COUNT, checkOptions, isCount, MS, type Rules, TEXT } from "../error/options.js";
import { checkBackoff } from "./backoff.js";
import type { GroupOptions, SpawnOptions } from "./types.js";
import { WAIT } from "./wait.js";

const GROUP: Rules<GroupOptions> = {
  name: TEXT,
  ...WAIT,
  limit: COUNT,
  onError: (value) => value !== "cancel" && value !== "collect" && '"cancel" or "collect"',
  warnAfter: MS,
};

const SPAWN: Rules<SpawnOptions> = {
  name: TEXT,
  restart: (value) => value !== "never" && value !== "on-failure" && '"never" or "on-failure"',
  restarts: (value) => value !== 0 && !isCount(value) && "an integer from 0 up, or Infinity",
  backoff: ANY,
};

/** Throws BadOptionError for the first option that cannot be meant. */
export function checkGroupOptions(options: GroupOptions): void {
  checkOptions(options, GROUP);
}

/** Throws BadOptionError for the first option that cannot be meant. */
export function checkSpawnOptions(options: SpawnOptions): void {
  checkOptions(options, SPAWN);
  checkBackoff(options.backoff);
}
