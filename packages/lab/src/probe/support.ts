import type { Notice } from "../result/schema.js";

/** Says which columns stay empty on a system without `/proc`; null on Linux, where none does. */
export function probeNotice(platform: string = process.platform): Notice | null {
  if (platform === "linux") return null;
  return {
    id: "probe-columns",
    severity: "info",
    message: `on ${platform} memory, context switches, steal and foreign load cannot be measured from outside: those columns stay empty, and CPU time is what the programs report themselves`,
    mend: "run heddle on Linux, a virtual machine or a container will do",
  };
}
