import { probeNotice } from "../probe/support.js";
import type { Notice } from "../result/schema.js";
import type { MachineFacts } from "./facts.js";
import { judgeNetwork } from "./judgeNetwork.js";
import { judgeNoise } from "./judgeNoise.js";
import { judgeRoom } from "./judgeRoom.js";
import type { Needs, Severity } from "./needs.js";

/**
 * What this machine cannot do for these needs, blockers first. Pure: the same facts give the same notices. A fact
 * that is null (this system does not tell) is never held against the machine.
 */
export function judgeMachine(facts: MachineFacts, needs: Needs): Notice[] {
  const columns = probeNotice(facts.platform);
  const notices = [
    ...judgeNetwork(facts, needs),
    ...judgeRoom(facts, needs),
    ...judgeNoise(facts, needs),
    ...(columns === null ? [] : [columns]),
  ];
  const rank: Record<Severity, number> = { blocker: 0, warning: 1, info: 2 };
  return notices.sort((a, b) => rank[a.severity] - rank[b.severity]);
}
