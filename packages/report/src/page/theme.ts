const KEPT = "heddle-theme";

/** Follows the system until the reader chooses; the choice is kept where the browser allows it. */
export function themeSwitch(onChange: () => void): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-toggle]");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const kept = remembered();
  if (kept !== null) root.dataset["theme"] = kept;

  const isDark = () => (root.dataset["theme"] ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => {
    if (button === null) return;
    button.textContent = isDark() ? "Light" : "Dark";
    button.title = `Switch to ${isDark() ? "light" : "dark"}`;
    button.setAttribute("aria-pressed", String(isDark()));
  };
  button?.addEventListener("click", () => {
    root.dataset["theme"] = isDark() ? "light" : "dark";
    remember(root.dataset["theme"]);
    show();
    onChange();
  });
  system.addEventListener("change", () => {
    show();
    onChange();
  });
  show();
  if (kept !== null) onChange();
}

// Pages opened from disk may be refused storage; then the choice lasts as long as the page.
function remembered(): "light" | "dark" | null {
  try {
    const kept = localStorage.getItem(KEPT);
    return kept === "light" || kept === "dark" ? kept : null;
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // Refused: nothing to do.
  }
}
