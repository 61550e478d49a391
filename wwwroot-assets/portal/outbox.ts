// What was typed and is not yet known to be saved. It outlives a lost connection and a reload of the page: kept in this tab until
// the server has answered for it.

export interface Typed { c: string; t: string; v: number }
/** What the server says of a cell. A conflict is one with a colleague, whose figure stands there in this version. */
export interface Taken { c: string; v: number; refused: boolean; conflict: boolean }
export interface Server { invokeMethodAsync<T>(method: string, ...values: unknown[]): Promise<T> }

/** One message to the server holds no more: its size is bounded. */
const mostAtOnce = 150;
const retryAfter = 2_000;

export class Outbox {
  private readonly waiting = new Map<string, Typed>();
  private sending = false;
  private closed = false;

  constructor(private readonly server: Server, private readonly key: string, private readonly answered: (taken: Taken) => void) {
    try {
      for (const typed of JSON.parse(sessionStorage.getItem(key) ?? "[]") as Typed[]) this.waiting.set(typed.c, typed);
    } catch {
      sessionStorage.removeItem(key);
    }
  }

  get cells(): Iterable<Typed> { return this.waiting.values(); }

  put(typed: Typed[]): void {
    for (const one of typed) {
      const before = this.waiting.get(one.c);
      // Typed over before it was saved: it still builds on what was looked at first.
      this.waiting.set(one.c, before ? { ...one, v: before.v } : one);
    }

    this.keep();
    void this.send();
  }

  async send(): Promise<void> {
    if (this.sending || this.closed) return;
    this.sending = true;
    try {
      while (this.waiting.size > 0 && !this.closed) {
        const batch = [...this.waiting.values()].slice(0, mostAtOnce);
        const taken = await this.server.invokeMethodAsync<Taken[]>("Enter", batch);
        taken.forEach((answer, i) => {
          const now = this.waiting.get(answer.c);
          if (now && now.t === batch[i]!.t) this.waiting.delete(answer.c);
          // Typed over meanwhile: it builds on what was kept, but not on what a colleague wrote, which was not looked at.
          else if (now && !answer.conflict) now.v = answer.v;
          this.answered(answer);
        });
        this.keep();
      }
    } catch {
      // No connection now: what waits is kept and sent again.
      window.setTimeout(() => void this.send(), retryAfter);
    } finally {
      this.sending = false;
    }
  }

  close(): void { this.closed = true; }

  private keep(): void {
    if (this.waiting.size === 0) sessionStorage.removeItem(this.key);
    else sessionStorage.setItem(this.key, JSON.stringify([...this.waiting.values()]));
  }
}
