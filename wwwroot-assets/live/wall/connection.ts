// One connection to the hub, for ever. A gap in the sequence or another epoch is answered by a new snapshot; a lost
// connection by trying again; another build of the server by a reload.
import { HttpTransportType, HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from "@microsoft/signalr";
import type { Painter, TileHtml } from "./painter";
import { reloadWhenServed } from "./reload";
import type { ServerClock } from "./server-clock";
import type { Settings } from "./settings";

type Frame = {
  readonly epoch: string;
  readonly seq: number;
  readonly full?: boolean;
  readonly at?: string;
  readonly build?: string;
  readonly tiles: readonly TileHtml[];
};

/** The hub sends at least an empty frame every 5 s, so this much silence is a loss. */
const silenceIsLoss = 11_000;
const firstDelay = 500, longestDelay = 10_000, startTimeout = 10_000;
/** Frames that may arrive before the snapshot that they follow. */
const mostHeld = 64;

export class Connection {
  epoch = "";
  seq = 0;
  frames = 0;
  lastFrameAt: string | undefined;
  attempts = 0;
  /** When the next attempt begins (performance.now()); 0 while one is under way. */
  retryAt = 0;

  private heardAt = performance.now();
  private everHeard = false;
  private held: Frame[] | undefined;
  private readonly hub: HubConnection;
  private closed: (() => void) | undefined;

  constructor(private readonly settings: Settings, private readonly clock: ServerClock, private readonly painter: Painter) {
    this.hub = new HubConnectionBuilder()
      .withUrl("/hubs/live", { transport: HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents })
      .configureLogging(LogLevel.None)
      .build();
    this.hub.serverTimeoutInMilliseconds = silenceIsLoss;
    this.hub.on("Frame", (frame: Frame) => this.receive(frame));
    // The credential was revoked: the server decides what this screen may show now.
    this.hub.on("Revoked", () => location.reload());
    this.hub.onclose(() => this.closed?.());
  }

  get isLost(): boolean {
    return performance.now() - this.heardAt > silenceIsLoss;
  }

  get isLive(): boolean {
    return this.everHeard && !this.isLost;
  }

  async run(): Promise<never> {
    let delay = firstDelay;
    for (;;) {
      this.retryAt = 0;
      this.attempts++;
      const ended = new Promise<void>(resolve => { this.closed = resolve; });
      try {
        await withTimeout(this.open(), startTimeout);
        delay = firstDelay;
        this.attempts = 0;
        await ended;
      } catch (failure) {
        await this.hub.stop().catch(() => undefined);
        // Revoked while it could not be told.
        if ((failure as { statusCode?: number }).statusCode === 401) location.reload();
      }

      this.held = undefined;
      // Jitter: a hundred screens that lost the same server must not all come back in the same instant.
      const wait = delay * (0.5 + Math.random());
      this.retryAt = performance.now() + wait;
      await new Promise(resolve => setTimeout(resolve, wait));
      delay = Math.min(longestDelay, delay * 2);
    }
  }

  private async open(): Promise<void> {
    if (this.hub.state !== HubConnectionState.Disconnected) await this.hub.stop();
    await this.hub.start();
    await this.subscribe();
  }

  private async subscribe(): Promise<void> {
    this.held = [];
    const snapshot = await this.hub.invoke<Frame>("Subscribe", this.settings.channel, this.settings.culture);
    const held = this.held ?? [];
    this.held = undefined;
    this.accept({ ...snapshot, full: true });
    for (const frame of held) this.receive(frame);
  }

  private receive(frame: Frame): void {
    this.hear(frame);
    if (this.held) {
      if (this.held.length < mostHeld) this.held.push(frame);
      return;
    }

    if (!frame.full && (frame.epoch !== this.epoch || frame.seq > this.seq + 1)) {
      // A gap: what was missed cannot be known, so everything is fetched again.
      void this.subscribe().catch(() => this.hub.stop());
      return;
    }

    if (frame.epoch === this.epoch && frame.seq <= this.seq) return;
    this.accept(frame);
  }

  private accept(frame: Frame): void {
    this.hear(frame);
    this.epoch = frame.epoch;
    this.seq = frame.seq;
    this.frames++;
    if (frame.build && frame.build !== this.settings.build) reloadWhenServed();
    if (!frame.full) this.painter.show(frame.tiles, frame.at ?? "", frame.seq);
    else if (!this.painter.showAll(frame.tiles, frame.at ?? "", frame.seq)) reloadWhenServed();
  }

  private hear(frame: Frame): void {
    this.heardAt = performance.now();
    this.everHeard = true;
    if (!frame.at) return;
    this.clock.observe(frame.at);
    this.lastFrameAt = frame.at;
  }
}

async function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error("timeout")), milliseconds); });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
