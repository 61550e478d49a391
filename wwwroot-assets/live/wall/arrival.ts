// The one motion that a wall has besides its clock: a value that has just changed comes up out of the dim, so that the eye
// finds it. A wall on which everything changes shows none: then motion would say nothing.

const mostAtOnce = 6;
const rest = 3000;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const shownAt = new WeakMap<Element, number>();

export function valueOf(tile: Element): string | undefined {
  return tile.querySelector<HTMLDataElement>(".tile-value data")?.value;
}

export function markArrivals(tiles: readonly Element[]): void {
  if (still.matches || tiles.length > mostAtOnce) return;
  const now = performance.now();
  for (const tile of tiles) {
    if (now - (shownAt.get(tile) ?? -rest) < rest) continue;
    shownAt.set(tile, now);
    tile.querySelector(".tile-value")?.animate([{ opacity: 0.25 }, { opacity: 1 }], { duration: 700, easing: "ease-out" });
  }
}
