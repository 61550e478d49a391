// Ages count on each second by the server's own table of thresholds, with or without a connection.
import { fill, type AgeStep, type AgeTable } from "./settings";

export class Ages {
  constructor(private readonly root: HTMLElement, private readonly table: AgeTable) {}

  /** Rewrites only the ages whose words have changed. */
  tick(now: number): void {
    for (const element of this.root.querySelectorAll<HTMLElement>("time[data-age-from]")) {
      const { ageFrom, ageTemplate, ageScale } = element.dataset;
      const words = this.words(now - Date.parse(ageFrom ?? ""), ageScale === "double");
      const text = ageTemplate ? fill(ageTemplate, words) : words;
      if (element.textContent !== text) element.textContent = text;
    }
  }

  words(milliseconds: number, double = false): string {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const steps = double ? this.table.double : this.table.single;
    const at = steps.findIndex(step => step[1] === 0 || seconds < step[1]);
    const step = steps[at];
    if (!step) return "";
    const first = word(step, seconds);
    const smaller = steps[at - 1];
    const rest = seconds % step[0];
    // Seconds beside minutes would be noise.
    return double && smaller && at > 1 && rest >= smaller[0] ? `${first} ${word(smaller, rest)}` : first;
  }
}

function word([unit, , one, many]: AgeStep, seconds: number): string {
  const count = Math.floor(seconds / unit);
  return fill(count === 1 ? one : many, count);
}
