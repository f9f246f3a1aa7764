/** Three digits that matter, thousands apart: 1,234,567  12.3  0.045. */
export function number(value) {
  if (value === null || !Number.isFinite(value)) return "-";
  const size = Math.abs(value);
  if (size >= 1_000) return Math.round(value).toLocaleString("en-US");
  if (size === 0 || Number.isInteger(value)) return String(value);
  return size >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
