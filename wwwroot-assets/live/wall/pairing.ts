// A screen that waits to be paired: counts its code's time down and asks whether it was authorised. When anything has
// changed the page is opened again; the server decides what it becomes.
const askEvery = 2000, silenceIsLoss = 8000;

export function startPairing(root: HTMLElement): void {
  const ahead = Date.now() - Number(root.dataset.now);
  const expires = Number(root.dataset.expires);
  const countdown = root.querySelector<HTMLElement>("[data-countdown]");
  const pixels = root.querySelector<HTMLElement>("[data-pixels]");
  const link = root.querySelector<HTMLElement>("[data-link]");
  let heardAt = performance.now();

  const tell = (): void => {
    const left = Math.max(0, Math.round((expires - (Date.now() - ahead)) / 1000));
    if (countdown) countdown.textContent = `${String(Math.floor(left / 60)).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
    if (pixels) pixels.textContent = `${Math.round(innerWidth * devicePixelRatio)} × ${Math.round(innerHeight * devicePixelRatio)}`;
    if (link) link.textContent = (performance.now() - heardAt > silenceIsLoss ? link.dataset.off : link.dataset.on) ?? "";
  };
  tell();
  setInterval(tell, 1000);
  void ask();

  async function ask(): Promise<never> {
    for (;;) {
      await new Promise(resolve => setTimeout(resolve, askEvery));
      try {
        const answer = await fetch("/wall/pairing", { cache: "no-store", signal: AbortSignal.timeout(5000) });
        if (!answer.ok) continue;
        heardAt = performance.now();
        const { state } = await answer.json() as { state: string };
        if (state !== "waiting") location.reload();
      } catch {
        // The server is away: the code stays, and its loss is said.
      }
    }
  }
}
