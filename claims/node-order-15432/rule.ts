import { confirmed, type Decision, depends, effect, refuted } from "@heddle/claims";

export const CLAIMED = "1 5 4 3 2";

export type NodeOrder = {
  readonly commonJs: string;
  readonly esModule: string;
  /** In callbacks there is a sixth line, by setImmediate. */
  readonly inIo: string;
  readonly inTimer: string;
};

/** Pure: the text shows a whole program, so what its module prints decides; callbacks only explain. */
export function decide({ commonJs, esModule, inIo, inTimer }: NodeOrder): Decision {
  const agreeing = [commonJs, esModule].filter((order) => order === CLAIMED).length;
  const measured = effect("of the two module systems, those that print 1 5 4 3 2", agreeing);
  const why = `as a CommonJS module Node prints ${commonJs}, as an ES module ${esModule}; with setImmediate as the sixth, a callback of I/O gives ${inIo} and one of a timer ${inTimer}`;
  if (agreeing === 2) return confirmed(why, measured);
  if (agreeing === 0) return refuted(why, measured);
  return depends("the module system", why, measured);
}
