// The title bar's living parts: clock, date at midnight, connection and the age of the last frame.
import type { Ages } from "./ages";
import type { Connection } from "./connection";
import { fill, type Settings } from "./settings";

export class Header {
  private readonly minute: Intl.DateTimeFormat;
  private readonly second: Intl.DateTimeFormat;
  private readonly day: Intl.DateTimeFormat;
  private shownDay = "";

  constructor(
    private readonly root: HTMLElement, private readonly settings: Settings,
    private readonly ages: Ages, private readonly connection: Connection) {
    const zone = { timeZone: settings.zone } as const;
    this.minute = new Intl.DateTimeFormat("en-GB", { ...zone, hour: "2-digit", minute: "2-digit" });
    this.second = new Intl.DateTimeFormat("en-GB", { ...zone, hour: "2-digit", minute: "2-digit", second: "2-digit" });
    this.day = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });
  }

  tick(now: number): void {
    this.say("clock", this.minute.format(now));
    this.turnDay(this.day.format(now));
    const { texts } = this.settings;
    const { connection } = this;
    const last = connection.lastFrameAt;
    const age = last ? now - Date.parse(last) : 0;
    const link = connection.isLost ? "lost" : connection.isLive ? "live" : "connecting";
    if (document.documentElement.dataset.link !== link) document.documentElement.dataset.link = link;
    if (link === "lost") {
      this.say("lost", fill(texts["Link.Lost"] ?? "", last ? this.ages.words(age, true) : ""));
      this.say("kept", last ? fill(texts["Link.Kept"] ?? "", this.second.format(Date.parse(last))) : "");
      const wait = Math.ceil((connection.retryAt - performance.now()) / 1000);
      this.say("try", fill(texts["Link.Try"] ?? "", connection.attempts));
      this.say("in", connection.retryAt > 0 && wait > 0 ? fill(texts["Link.In"] ?? "", wait) : texts["Link.Trying"] ?? "");
    } else {
      this.say("link", texts[link === "live" ? "Link.Live" : "Link.Connecting"] ?? "");
      this.say("frame", last ? fill(texts["Link.Frame"] ?? "", this.ages.words(age)) : "");
    }
  }

  /** The server sent the fortnight's dates ahead; a frame with new ones may have come since. */
  private turnDay(day: string): void {
    const date = this.root.querySelector<HTMLElement>("[data-days]");
    if (!date || (day === this.shownDay && date.dataset.shown === day)) return;
    const words = (JSON.parse(date.dataset.days ?? "{}") as Record<string, [string, string]>)[day];
    this.shownDay = day;
    date.dataset.shown = day;
    if (!words) return;
    this.say("solar", words[0]);
    this.say("lunar", words[1]);
  }

  private say(part: string, text: string): void {
    const element = this.root.querySelector(`[data-live="${part}"]`);
    if (element && element.textContent !== text) element.textContent = text;
  }
}
