/** Makes the embedded data a file again: the same JSON that the report was drawn from. */
export function offerDownload(result: unknown, name: string): void {
  for (const button of document.querySelectorAll("[data-download]")) {
    button.addEventListener("click", () => {
      const file = new Blob([`${JSON.stringify(result, null, 2)}\n`], { type: "application/json" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = name;
      link.click();
      // The browser has the blob by then; a second is for slow ones.
      setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
    });
  }
}
