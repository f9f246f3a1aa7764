/** How numbers are written: three significant digits, thousands set apart, and a dash for what was not measured. */
export const NOTHING = "–";

/** 12345 -> "12 345" (narrow no-break space), 0.012345 -> "0.0123". */
export function figure(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  if (value === 0) return "0";
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -4)
    return value
      .toExponential(1)
      .replace("e-", " × 10⁻")
      .replace(/⁻(\d+)$/u, superscript);
  const decimals = Math.max(0, digits - 1 - size);
  // Rounding may carry into a further digit (9.996 -> 10.00); ask again with the rounded value.
  const rounded = Number(value.toFixed(Math.min(decimals, 20)));
  const carried = Math.floor(Math.log10(Math.abs(rounded))) > size ? Math.max(0, decimals - 1) : decimals;
  const [whole = "0", fraction] = Math.abs(rounded).toFixed(carried).split(".");
  const grouped = whole.length > 4 ? whole.replace(THOUSANDS, "\u202f") : whole;
  return `${value < 0 ? "−" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** A number that was asked for, not measured: no digits but its own. 10 -> "10", 0.5 -> "0.5". */
export function exact(value: number | null): string {
  if (value === null) return NOTHING;
  const text = String(Number(value.toPrecision(6)));
  const [whole = "0", fraction] = text.split(".");
  const grouped = whole.length > 4 && !text.includes("e") ? whole.replace(THOUSANDS, "\u202f") : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** What was counted as it was counted, what was measured with three digits: 4000000 -> "4 000 000", 1.9402 -> "1.94". */
export function amount(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isSafeInteger(value)) return figure(value);
  const digits = String(Math.abs(value));
  const grouped = digits.length > 4 ? digits.replace(THOUSANDS, "\u202f") : digits;
  return value < 0 ? `−${grouped}` : grouped;
}

const THOUSANDS = /\B(?=(\d{3})+$)/gu;

/** "1.2–1.4"; nothing when the interval is missing. */
export function span(bounds: readonly [number, number] | null | undefined): string {
  return bounds === null || bounds === undefined ? "" : `${figure(bounds[0])}–${figure(bounds[1])}`;
}

/** 0.0123 -> "1.23 %". */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? NOTHING : `${figure(share * 100)} %`;
}

/** 74 -> "1 min 14 s". */
export function duration(seconds: number): string {
  if (seconds < 60) return `${exact(Math.round(seconds * 10) / 10)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - minutes * 60);
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** Quantile -> "99.9 %", with as many nines as it has. */
export function quantileName(quantile: number): string {
  const tail = 1 - quantile;
  const decimals = tail <= 0 ? 0 : Math.max(0, Math.ceil(-Math.log10(tail) - 2 - 1e-9));
  return `${(quantile * 100).toFixed(Math.min(decimals, 6))} %`;
}

function superscript(_: string, digits: string): string {
  return `⁻${Array.from(digits, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}
