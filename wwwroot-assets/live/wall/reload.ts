// Takes up another build of the page, but never lands on an error page or a sign-in page: those have no script to leave them.

const leastBetween = 30_000;
const memory = "ioc.reloadedAt";
let isReloading = false;

export function reloadWhenServed(): void {
  if (isReloading) return;
  isReloading = true;
  void attempt();
}

async function attempt(): Promise<void> {
  // Two nodes of different builds during an upgrade must not make the page flicker between them.
  const since = Date.now() - Number(sessionStorage.getItem(memory) ?? 0);
  if (since >= 0 && since < leastBetween) await pause(leastBetween - since);
  for (;;) {
    try {
      const answer = await fetch(location.href, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(10_000) });
      const body = await answer.text();
      if (answer.ok && body.includes('id="wall"')) break;
    } catch {
      // Not there yet.
    }

    await pause(2000 + (Math.random() * 3000));
  }

  sessionStorage.setItem(memory, String(Date.now()));
  location.reload();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
