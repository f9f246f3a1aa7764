/**
 * The rows in the order of the table: those with a target first, because the last ones go without when time runs out;
 * rows that read different columns of one measurement side by side.
 */
export const rowNames = [
  "tiny-64",
  "p99-64",
  "main-cpu",
  "tiny-2048",
  "single",
  "single-rested",
  "single-busy",
  "idle-cpu",
  "idle-wakeups",
  "mixed-p99",
  "mixed-placing",
  "http-light",
  "payload-1m",
  "moved-1m",
  "moved-copies",
  "payload-1k",
  "payload-64k",
  "work-10us",
  "work-100us",
  "work-1ms",
  "work-mix",
];

export async function loadRow(name) {
  if (!rowNames.includes(name)) {
    throw new RangeError(`there is no row "${name}", expected one of ${rowNames.join(", ")}`);
  }
  const { row } = await import(`./row/${name}.mjs`);
  return row;
}
