// What the verification page cannot do from the server: bring a row into sight, put the cursor where words are wanted.

const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export const reveal = (id: string) =>
  document.getElementById(id)?.scrollIntoView({ block: "nearest", behavior: isCalm() ? "instant" : "auto" });

export const focusNote = () => document.querySelector<HTMLElement>("[data-key-note]")?.focus();
