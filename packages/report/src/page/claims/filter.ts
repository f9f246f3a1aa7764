/**
 * Shows the claims of one verdict that hold all words of the search, in the chapters and in the overview alike.
 * A link to a claim that is filtered away brings everything back: no address of the page is ever dead.
 */
export function filterClaims(): void {
  const bar = document.querySelector<HTMLElement>(".filters");
  const search = bar?.querySelector<HTMLInputElement>(".find");
  if (bar === null || bar === undefined || search === null || search === undefined) return;
  const chips = [...bar.querySelectorAll<HTMLElement>("[data-filter]")];
  const claims = [...document.querySelectorAll<HTMLElement>("article[data-verdict]")].map((article) => ({
    article,
    entry: document.querySelector<HTMLElement>(`[data-entry="${article.id}"]`),
    text: `${article.id} ${article.textContent ?? ""}`.toLowerCase(),
  }));
  const status = bar.querySelector(".shown");
  const nothing = document.querySelector<HTMLElement>(".nothing");
  let verdict = "";

  const update = () => {
    const wanted = search.value.toLowerCase().split(/\s+/u);
    let shown = 0;
    for (const { article, entry, text } of claims) {
      const fits = verdict === "" || article.dataset["verdict"] === verdict;
      const seen = fits && wanted.every((word) => text.includes(word));
      article.hidden = !seen;
      if (entry !== null) entry.hidden = !seen;
      if (seen) shown += 1;
    }
    for (const chapter of document.querySelectorAll<HTMLElement>("[data-chapter], [data-group]"))
      chapter.hidden = chapter.querySelector("article:not([hidden]), li:not([hidden])") === null;
    for (const chip of chips)
      chip.setAttribute("aria-pressed", String((chip.dataset["filter"] ?? "") === verdict));
    if (status !== null)
      status.textContent = shown === claims.length ? "" : `${shown} of ${claims.length} shown`;
    if (nothing !== null) nothing.hidden = shown > 0;
  };
  const choose = (next: string) => {
    verdict = next === verdict ? "" : next;
    update();
    // Whoever chose far down the page would be left at a place that means nothing any more.
    const overview = document.getElementById("overview");
    if (overview !== null && overview.getBoundingClientRect().top < 0) overview.scrollIntoView();
  };
  const reset = () => {
    search.value = "";
    verdict = "";
    update();
  };

  for (const chip of chips) chip.addEventListener("click", () => choose(chip.dataset["filter"] ?? ""));
  for (const button of document.querySelectorAll("[data-reset]")) button.addEventListener("click", reset);
  search.addEventListener("input", update);
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && event.target === search) reset();
  });
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target === null || target.closest("[hidden]") === null) return;
    reset();
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  bar.hidden = false;
  update();
}
