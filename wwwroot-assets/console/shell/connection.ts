// A lost circuit shows a banner and comes back by itself: by reconnecting while the server still holds the circuit, by
// reloading when it does not (it restarted). Never a dialog, never a dead page.

const firstWait = 1_000;
const longestWait = 8_000;

interface Texts { title: string; meaning: string; attempt: string; now: string; restart: string; broken: string; second: string }

const texts = (): Texts => {
  const element = document.getElementById("connection-texts");
  return { title: "", meaning: "", attempt: "", now: "", restart: "", broken: "", second: "", ...element?.dataset };
};

const say = (format: string, ...values: (string | number)[]) =>
  format.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""));

class Banner {
  private element: HTMLElement | undefined;
  private timer: number | undefined;
  private readonly since = new Date();
  attempt = 0;

  constructor(private readonly retry: () => void) {}

  show(): void {
    const text = texts();
    const banner = document.createElement("div");
    banner.className = "lost-banner";
    banner.setAttribute("role", "status");
    const words = banner.appendChild(document.createElement("span"));
    words.append(document.createElement("b"), " ", document.createElement("span"));
    banner.appendChild(document.createElement("span")).className = "grow";
    const button = banner.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "btn";
    button.textContent = text.now;
    button.addEventListener("click", this.retry);
    document.body.prepend(banner);
    document.body.classList.add("lost");
    this.element = banner;
    this.timer = window.setInterval(() => this.tell(), 1_000);
    this.tell();
  }

  tell(message?: string): void {
    const [title, rest] = [this.element?.querySelector("b"), this.element?.querySelector("b + span")];
    if (!title || !rest) return;
    const text = texts();
    const seconds = Math.round((Date.now() - this.since.getTime()) / 1_000);
    const clock = this.since.toLocaleTimeString("en-GB", { timeZone: document.documentElement.dataset["zone"] ?? "Asia/Ho_Chi_Minh" });
    title.textContent = say(text.title, clock, say(text.second, seconds));
    rest.textContent = message ?? `${text.meaning} ${this.attempt > 0 ? say(text.attempt, this.attempt) : ""}`;
  }

  hide(): void {
    window.clearInterval(this.timer);
    this.element?.remove();
    document.body.classList.remove("lost");
  }
}

const wait = (milliseconds: number, hurry: AbortSignal) =>
  new Promise<void>(resolve => {
    const timer = window.setTimeout(resolve, milliseconds);
    hurry.addEventListener("abort", () => { window.clearTimeout(timer); resolve(); }, { once: true });
  });

const isServerUp = async () => {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
};

/** Blazor's reconnection handler: told when the connection goes down and when it is up again. */
export const connectionHandler = (reconnect: () => Promise<boolean>) => {
  let current: Banner | undefined;

  const comeBack = async (banner: Banner, hurry: { signal: AbortSignal; reset: () => void }) => {
    for (let pause = firstWait; current === banner; pause = Math.min(pause * 1.6, longestWait)) {
      banner.attempt++;
      banner.tell();
      try {
        if (await reconnect()) return;
        // The server answered and does not know the circuit: it restarted, or kept it no longer.
        if (await isServerUp()) {
          banner.tell(texts().restart);
          location.reload();
          return;
        }
      } catch {
        // The server did not answer.
      }

      await wait(pause * (0.8 + Math.random() * 0.4), hurry.signal);
      hurry.reset();
    }
  };

  return {
    onConnectionDown() {
      if (current) return;
      let hurried = new AbortController();
      const banner = new Banner(() => hurried.abort());
      current = banner;
      banner.show();
      void comeBack(banner, {
        get signal() { return hurried.signal; },
        reset: () => { if (hurried.signal.aborted) hurried = new AbortController(); },
      });
    },
    onConnectionUp() {
      current?.hide();
      current = undefined;
    },
  };
};

/** A circuit that failed can't be mended: say so, and open the page again, ever more slowly if it fails again. */
export const watchForFailure = () => {
  const failure = document.getElementById("blazor-error-ui");
  if (!failure) return;
  const key = "ioc-failures";
  window.setTimeout(() => sessionStorage.removeItem(key), 60_000);
  new MutationObserver((_, observer) => {
    observer.disconnect();
    const failures = Number(sessionStorage.getItem(key) ?? "0") + 1;
    sessionStorage.setItem(key, String(failures));
    const banner = new Banner(() => location.reload());
    banner.show();
    banner.tell(texts().broken);
    const again = async (pause: number) => {
      await new Promise(resolve => window.setTimeout(resolve, pause));
      if (await isServerUp()) location.reload();
      else await again(longestWait);
    };
    void again(Math.min(2_000 * 2 ** (failures - 1), 60_000));
  }).observe(failure, { attributes: true, attributeFilter: ["style"] });
};
