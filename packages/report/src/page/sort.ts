/** Headings of `.sortable` tables sort their column: rising first, then falling. Rows without a figure stay last. */
export function sortTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table.sortable")) {
    // The second head row begins after the cells that span both; what counts is the order of the sortable heads.
    const heads = [...table.querySelectorAll<HTMLTableCellElement>("thead th[aria-sort]")];
    heads.forEach((head, column) => {
      head.querySelector("button")?.addEventListener("click", () => {
        const falling = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        sortBy(table, column, falling);
      });
    });
  }
}

function sortBy(table: HTMLTableElement, column: number, falling: boolean): void {
  const body = table.tBodies[0];
  if (body === undefined) return;
  const rows = [...body.rows].map((row) => ({ row, key: row.cells[column]?.dataset["sort"] ?? "" }));
  const numeric = rows.every(({ key }) => key === "" || Number.isFinite(Number(key)));
  rows.sort((a, b) => {
    if (a.key === "" || b.key === "") return Number(a.key === "") - Number(b.key === "");
    const order = numeric ? Number(a.key) - Number(b.key) : a.key.localeCompare(b.key);
    return falling ? -order : order;
  });
  body.append(...rows.map(({ row }) => row));
}
