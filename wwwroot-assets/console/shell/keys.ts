// Single keys: / to the filter, T to a chart's table and back. Never while something is being typed or composed.

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

export const watchKeys = () => {
  document.addEventListener("keydown", event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const selector = event.key === "/" ? "[data-key-filter] input, #figure-search" : event.key.toLowerCase() === "t" ? "[data-key-table]" : undefined;
    const target = selector ? document.querySelector<HTMLElement>(selector) : undefined;
    if (!target) return;
    event.preventDefault();
    if (event.key === "/") target.focus();
    else target.click();
  });
};
