import { loadRow } from "../rows.mjs";

/** Rows that read different columns of the same measurement, so that it is made once. */
export async function groupsOf(rowNames) {
  const groups = new Map();
  for (const name of rowNames) {
    const row = await loadRow(name);
    const key = `${row.measurement} ${JSON.stringify(row.options)}`;
    const group = groups.get(key) ?? { rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}
