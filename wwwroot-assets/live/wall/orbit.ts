// Moves the picture by one pixel a minute around a small square, so that no edge is burnt into the panels.

const steps = [[0, 0], [1, 0], [1, 1], [0, 1]] as const;

export function startOrbit(element: HTMLElement): void {
  let at = 0;
  setInterval(() => {
    at = (at + 1) % steps.length;
    const [x, y] = steps[at] ?? steps[0];
    element.style.translate = `${x}px ${y}px`;
  }, 60_000);
}
