import { readFileSync } from "node:fs";
import { endianness } from "node:os";

let known: number | undefined;

/** Size of a memory page in bytes, from the auxiliary vector the kernel gave us (getauxval(3), AT_PAGESZ = 6). */
export function pageBytes(): number {
  known ??= readPageBytes();
  return known;
}

function readPageBytes(): number {
  const usual = 4_096;
  if (endianness() !== "LE" || !["x64", "arm64", "riscv64", "loong64"].includes(process.arch)) return usual;
  try {
    const auxv = readFileSync("/proc/self/auxv");
    for (let at = 0; at + 16 <= auxv.length; at += 16) {
      if (auxv.readBigUInt64LE(at) === 6n) return Number(auxv.readBigUInt64LE(at + 8));
    }
  } catch {
    // No auxv (not Linux, or hidden): the usual size is right nearly everywhere.
  }
  return usual;
}

/**
 * Bytes of kernel stack behind each thread, wanted by every "cost of a thread" and in nobody's RSS. Linux calls it
 * THREAD_SIZE: 16 KiB on x86-64 (arch/x86/include/asm/page_64_types.h) and on arm64, there at least one page
 * (arch/arm64/include/asm/memory.h). 32-bit kernels use 8 KiB.
 */
export function kernelStackBytes(): number {
  return process.arch === "ia32" || process.arch === "arm" ? 8_192 : Math.max(16_384, pageBytes());
}
