// The server's time, carried on by this machine's own clock: a player's clock may be hours wrong.

export class ServerClock {
  private offset: number;

  constructor(at: string) {
    this.offset = Date.parse(at) - Date.now();
  }

  now(): number {
    return Date.now() + this.offset;
  }

  /** A frame that took long makes the server look slow; the least delayed one is nearest to the truth. */
  observe(at: string): void {
    const seen = Date.parse(at) - Date.now();
    if (Number.isNaN(seen)) return;
    const ahead = seen - this.offset;
    if (ahead > 0 || ahead < -2000) this.offset = seen;
    else this.offset += ahead * 0.05;
  }
}
