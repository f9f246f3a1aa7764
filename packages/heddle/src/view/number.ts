import type { Cell } from "@heddle/lab";

/** Three significant figures at most, thousands separated: 0.12, 1.23, 12.3, 123, 1,234. Null is a dash. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "-";
  const size = Math.abs(value);
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A whole number with thousands separated. */
export function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

/** "12.3 ±0.4", the half width of the 95 % interval behind it when the cell has one. */
export function withInterval(
  value: number | null | undefined,
  interval: Cell["interval"][string] | undefined,
): string {
  if (interval === undefined || value === null || value === undefined) return figure(value);
  return `${figure(value)} ±${figure((interval[1] - interval[0]) / 2)}`;
}

/** "1 run", "5 runs". */
export function times(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** Seconds as people say them: "45 s", "3 min 20 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
