import { readdirSync, readFileSync } from "node:fs";

/** CPU time in us of the whole process and of its main thread; `mainUs` is null where the system does not tell. */
export function cpuNow() {
  const { user, system } = process.cpuUsage();
  return { processUs: user + system, mainUs: mainThreadUs() };
}

/** Call on the main thread only. /proc counts in ns, but brings a running thread up to date once a tick (1 to 4 ms). */
function mainThreadUs() {
  if (typeof process.threadCpuUsage === "function") {
    const { user, system } = process.threadCpuUsage();
    return user + system;
  }
  try {
    const [ns] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
    return Number(ns) / 1e3;
  } catch {
    return null;
  }
}

/** Voluntary context switches of all threads so far: each is a thread that went to sleep. Null off Linux. */
export function voluntarySwitches() {
  try {
    return readdirSync("/proc/self/task")
      .map((id) => readFileSync(`/proc/self/task/${id}/status`, "utf8"))
      .map((text) => Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(text)[1]))
      .reduce((sum, count) => sum + count, 0);
  } catch {
    return null;
  }
}
