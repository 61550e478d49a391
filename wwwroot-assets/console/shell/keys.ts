// Single keys: / to the filter, T to a chart's table and back, and whatever a button of the page names (data-key). Never while
// something is being typed or composed, and not at all once somebody has turned them off (WCAG 2.1.4). Ctrl+Enter and Esc go
// through from a field too: they end what is typed there.

const stored = "single-keys";

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

const areOff = () => localStorage.getItem(stored) === "off";

const selectorOf = (event: KeyboardEvent) => {
  if (event.ctrlKey && event.key === "Enter") return "[data-key-send]";
  if (event.key === "Escape") return "[data-key-cancel]";
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || areOff() || event.key.length !== 1) return undefined;
  if (event.key === "/") return "[data-key-filter] input, #figure-search";
  if (event.key.toLowerCase() === "t") return "[data-key-table]";
  return `[data-key="${CSS.escape(event.key.toLowerCase())}"]`;
};

/** The switch says how it stands; it is drawn by the server, which does not know. */
const sayState = () => {
  for (const toggle of document.querySelectorAll<HTMLElement>("[data-keys-toggle]")) {
    toggle.dataset.on ??= toggle.textContent ?? "";
    const words = areOff() ? toggle.dataset.off : toggle.dataset.on;
    const place = toggle.querySelector("span");
    if (place && words !== undefined && place.textContent !== words) place.textContent = words;
    toggle.setAttribute("aria-pressed", areOff() ? "false" : "true");
  }
};

export const watchKeys = () => {
  document.addEventListener("keydown", event => {
    if (event.isComposing) return;
    const selector = selectorOf(event);
    const target = selector ? document.querySelector<HTMLElement>(selector) : undefined;
    if (!target || target.matches(":disabled")) return;
    event.preventDefault();
    // What was typed is told to the page before it is asked to do something with it.
    if (isTyping(event.target) && event.key !== "Escape") (event.target as HTMLElement).dispatchEvent(new Event("change", { bubbles: true }));
    if (event.key === "/") target.focus();
    else target.click();
  });
  document.addEventListener("click", event => {
    const toggle = event.target instanceof Element ? event.target.closest("[data-keys-toggle]") : null;
    if (!toggle) return;
    if (areOff()) localStorage.removeItem(stored);
    else localStorage.setItem(stored, "off");
    sayState();
  });
  sayState();
  document.addEventListener("focusin", sayState);
};
