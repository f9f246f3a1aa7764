import process from "node:process";

/** Milliseconds of the system's monotonic clock: the same in every thread and process of this machine. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;

/** Tenths of a microsecond are noise; leaving them out halves the length of a result line. */
export const rounded = (ms) => Math.round(ms * 1e4) / 1e4;
