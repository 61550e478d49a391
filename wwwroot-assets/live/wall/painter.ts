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
