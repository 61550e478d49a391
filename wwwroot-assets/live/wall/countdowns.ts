// What falls due counts down on this machine by the server's clock; the server says nothing each second.

const hour = 3_600_000;

export class Countdowns {
  constructor(private readonly root: HTMLElement) {}

  /** At the instant itself the word takes the place of the digits. Without the centre nobody knows what came in: only that the time is up. */
  tick(now: number, isLost: boolean): void {
    for (const element of this.root.querySelectorAll<HTMLElement>("time[data-due-at]")) {
      const { dueAt, dueOver, dueUnknown } = element.dataset;
      const left = Date.parse(dueAt ?? "") - now;
      const text = left > 0 ? clock(left) : (isLost ? dueUnknown : dueOver) ?? "";
      if (element.textContent !== text) element.textContent = text;
      element.toggleAttribute("data-hot", left <= hour && !isLost);
      element.toggleAttribute("data-over", left <= 0);
    }
  }
}

function clock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part => String(part).padStart(2, "0")).join(":");
}
