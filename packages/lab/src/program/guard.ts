import { readFootprint } from "../probe/footprint.js";
import { findMembers } from "../probe/members.js";
import { hasProc } from "../probe/read.js";

/** A program that allocates in a tight loop takes some GB a second: a look must come often enough to stop it in time. */
const LOOK_MS = 100;

/**
 * Watches the memory of a program's whole tree (resident, kernel stacks, page tables) and calls `onOver` once when it is
 * above `mostMb`. A limit of the kernel's (RLIMIT_AS) was rejected: Node, Go and the JVM reserve address space that
 * they never use. Does nothing where there is no `/proc`. Each look costs about 8 µs per process of the system.
 */
export function guardMemory(pid: number, mostMb: number, onOver: (mb: number) => void): Disposable {
  if (!hasProc) return { [Symbol.dispose]: () => undefined };
  const timer = setInterval(() => {
    const { rssMb, kernelStacksMb, pageTablesMb } = readFootprint(findMembers(pid), false);
    const mb = rssMb + kernelStacksMb + pageTablesMb;
    if (mb <= mostMb) return;
    clearInterval(timer);
    onOver(mb);
  }, LOOK_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
