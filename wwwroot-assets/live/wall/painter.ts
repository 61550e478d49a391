// Puts the tiles that changed into the page, at most once a frame of the screen.
import { Idiomorph } from "idiomorph";
import { markArrivals, valueOf } from "./arrival";

export type TileHtml = { readonly id: string; readonly html: string };

export class Painter {
  private readonly pending = new Map<string, string>();
  private scheduled = false;
  private at = "";
  private seq = 0;

  constructor(private readonly root: HTMLElement, private readonly painted: () => void) {}

  /** Only the newest content of a tile is kept: a hidden page never collects a backlog. */
  show(tiles: readonly TileHtml[], at: string, seq: number): void {
    for (const tile of tiles) this.pending.set(tile.id, tile.html);
    this.at = at;
    this.seq = seq;
    if (this.scheduled) return;
    this.scheduled = true;
    if (document.hidden) setTimeout(this.paint, 0);
    else requestAnimationFrame(this.paint);
  }

  /**
   * A whole set of tiles in place of what was there. What it does not hold is no longer this screen's to show and goes at once.
   * False when the page has other places than the set: then only a new page can show it.
   */
  showAll(tiles: readonly TileHtml[], at: string, seq: number): boolean {
    const held = new Set(tiles.map(tile => tile.id));
    const gone = [...this.root.querySelectorAll(".slot[id]")].filter(place => !held.has(place.id));
    for (const id of this.pending.keys()) if (!held.has(id)) this.pending.delete(id);
    for (const place of gone) place.replaceChildren();
    this.show(tiles, at, seq);
    return gone.length === 0 && tiles.every(tile => document.getElementById(tile.id));
  }

  private readonly paint = (): void => {
    this.scheduled = false;
    const arrived: Element[] = [];
    for (const [id, html] of this.pending) {
      const element = document.getElementById(id);
      if (!element) continue;
      const before = valueOf(element);
      Idiomorph.morph(element, html, { morphStyle: "innerHTML" });
      if (valueOf(element) !== before) arrived.push(element);
    }

    markArrivals(arrived);

    const changed = this.pending.size > 0;
    this.pending.clear();
    this.root.dataset.frameAt = this.at;
    this.root.dataset.seq = String(this.seq);
    if (changed) this.painted();
  };
}
