// Single keys: / to the filter, T to a chart's table and back, and whatever a button of the page names (data-key). Never while
// something is being typed or composed, and not at all once somebody has turned them off (WCAG 2.1.4). Ctrl+Enter and Esc go
// through from a field too: they end what is typed there.
//
// What a key opens is drawn by the server, and fingers are faster than that: a key that comes before the answer to the one before it
// would find the page as it was, and be lost or do something else. It waits, and is then pressed or typed where it belongs: in the
// field that the key before it opens. What is typed in a field already goes there at once, unless it would overtake what waits,
// as everything does that this file does not know of; a field that its own key has just ended is none any more.

const stored = "single-keys";

/** An answer that takes longer is not waited for: the connection has its own banner. */
const patience = 3000;

/** How long what was answered may still be on its way to the page. */
const drawing = 1000;

interface Key { readonly key: string; readonly control: boolean; readonly composed: boolean }

interface Circuit { invokeMethodAsync(assembly: string, method: string): Promise<unknown> }

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement
  && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"));

const areOff = () => localStorage.getItem(stored) === "off";

const selectorOf = ({ key, control, composed }: Key, target: EventTarget | null) => {
  if (control && key === "Enter") return "[data-key-send]";
  if (key === "Escape") return "[data-key-cancel]";
  if (control || composed || isTyping(target) || areOff() || key.length !== 1) return undefined;
  if (key === "/") return "[data-key-filter] input, #figure-search";
  if (key.toLowerCase() === "t") return "[data-key-table]";
  return `[data-key="${CSS.escape(key.toLowerCase())}"]`;
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

/** @returns the button that was pressed; undefined where the key means nothing here, or its button cannot be pressed. */
const press = (key: Key, from: EventTarget | null) => {
  const selector = selectorOf(key, from);
  const target = selector ? document.querySelector<HTMLElement>(selector) : undefined;
  if (!target || target.matches(":disabled")) return undefined;
  // What was typed is told to the page before it is asked to do something with it.
  if (isTyping(from) && key.key !== "Escape") (from as HTMLElement).dispatchEvent(new Event("change", { bubbles: true }));
  if (key.key === "/") target.focus();
  else target.click();
  return target;
};

const answered = async () => {
  try {
    await (window as { DotNet?: Circuit }).DotNet?.invokeMethodAsync("IocDashboard.Web", "KeySettled");
  } catch {
    // No circuit is at work: there is nothing to wait for.
  }
};

const pause = (time: number) => new Promise(resolve => setTimeout(resolve, time));

/** A circuit whose reader is slow to acknowledge what was drawn answers first and draws later. */
const until = async (isThere: () => boolean) => {
  for (let waited = 0; !isThere() && waited < drawing; waited += 20) await pause(20);
};

/**
 * The circuit works in turn: its answer to this comes after everything that it has done for the press before, and nearly always after
 * what it has drawn.
 *
 * @param ended the field that the key came from, which it ends
 */
const settle = async (pressed: HTMLElement, ended: Element | null) => {
  await Promise.race([answered(), pause(patience)]);
  // What is refused leaves its field there: it is the one to go on in.
  if (ended) await until(() => !ended.isConnected);
  const opens = pressed.dataset.keyFocus;
  if (!opens) return null;
  await until(() => document.querySelector(opens) !== null);
  const opened = document.querySelector<HTMLElement>(opens);
  opened?.focus();
  return opened;
};

/** The one way to type into a field that tells its listeners as a finger would. Vietnamese is typed as a letter, then back over it. */
const type = ({ key, control, composed }: Key) => {
  if (control || composed) return;
  if (key === "Backspace") document.execCommand("delete");
  else if (key.length === 1) document.execCommand("insertText", false, key);
};

export const watchKeys = () => {
  /** In the order in which they came, each with the field that it was meant for, if any. */
  const waiting: { key: Key; target: EventTarget | null; ends: boolean }[] = [];
  let isSettling = false;
  /** The field that a key has opened or ended: what waits may be typed there, and nowhere that somebody has gone meanwhile. */
  let field: EventTarget | null = null;
  let isEnded = false;
  /** What the key that is being settled opens. */
  let opening = "";

  /** What is typed there would overtake what waits for it, or come before the key that ends it. */
  const isBehind = (target: EventTarget | null) => waiting.some(w => w.ends)
    || (waiting.length > 0 && opening !== "" && target instanceof Element && target.matches(opening));

  const follow = async (pressed: HTMLElement, from: EventTarget | null) => {
    isEnded = isTyping(from);
    if (isEnded) field = from;
    opening = pressed.dataset.keyFocus ?? "";
    field = (await settle(pressed, isEnded && from instanceof Element ? from : null)) ?? field;
    isEnded = false;
  };

  const work = async (first: HTMLElement, from: EventTarget | null) => {
    isSettling = true;
    await follow(first, from);
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const at = document.activeElement;
      const pressed = press(next.key, at);
      if (pressed) await follow(pressed, at);
      else if (isTyping(at) && (at === field || at === next.target)) type(next.key);
    }
    field = null;
    isSettling = false;
  };

  document.addEventListener("keydown", event => {
    if (event.isComposing) return;
    const key: Key = { key: event.key, control: event.ctrlKey, composed: event.metaKey || event.altKey };
    const ends = (key.control && key.key === "Enter") || key.key === "Escape";
    const isOurs = ends || (key.key.length === 1 && !key.control && !key.composed);
    if (isSettling && (ends || !isTyping(event.target) || (isEnded && event.target === field) || isBehind(event.target))) {
      const isBack = key.key === "Backspace" && !key.control && !key.composed;
      // A space of its own presses the button that has the focus.
      if (!(isOurs || isBack) || (key.key === " " && waiting.length === 0 && !isTyping(event.target))) return;
      event.preventDefault();
      waiting.push({ key, target: event.target, ends });
      return;
    }
    const pressed = press(key, event.target);
    if (!pressed) return;
    event.preventDefault();
    if (pressed.matches("[data-key], [data-key-send], [data-key-cancel]")) void work(pressed, event.target);
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
