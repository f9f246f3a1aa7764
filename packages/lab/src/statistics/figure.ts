/** A number as people read it in a sentence: three significant digits, whole from 100 up, thousands set apart. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "unbounded" : "unknown";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}

/** `1.58x, 1.4 to 1.7`: a ratio and its interval. */
export function ratioText(ratio: number, [low, high]: readonly [number, number]): string {
  return `${figure(ratio)}x, ${figure(low)} to ${figure(high)}`;
}
