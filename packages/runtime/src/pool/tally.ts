/** Counts since the pool was made. */
export interface Tally {
  completed: number;
  failed: number;
  /** Ended by the caller or the clock before they had ended themselves. */
  stopped: number;
  refused: number;
}

export function newTally(): Tally {
  return { completed: 0, failed: 0, stopped: 0, refused: 0 };
}
