// The display script: one connection, the tiles that changed, the clock, and what to do without a server.
// It says nothing that the server did not word, never asks a person anything, and must run for weeks.
import { Ages } from "./wall/ages";
import { Connection } from "./wall/connection";
import { Countdowns } from "./wall/countdowns";
import { Header } from "./wall/header";
import { startOrbit } from "./wall/orbit";
import { startPairing } from "./wall/pairing";
import { Painter } from "./wall/painter";
import { ServerClock } from "./wall/server-clock";
import { readSettings } from "./wall/settings";

const root = document.getElementById("wall");
if (root) start(root);
const waiting = document.getElementById("pairing");
if (waiting) startPairing(waiting);

function start(root: HTMLElement): void {
  const settings = readSettings(root);
  startOrbit(root);
  // A weight that only the lost state uses could not be fetched once the server is gone.
  for (const face of document.fonts) void face.load().catch(() => undefined);
  if (settings.asOf) {
    // The past does not change: nothing to listen to, and no age may count on.
    document.documentElement.dataset.link = "past";
    return;
  }

  const clock = new ServerClock(settings.at);
  const ages = new Ages(root, settings.ages);
  const countdowns = new Countdowns(root);
  const count = (now: number): void => {
    ages.tick(now);
    countdowns.tick(now, connection.isLost);
  };
  const painter = new Painter(root, () => count(clock.now()));
  const connection = new Connection(settings, clock, painter);
  const header = new Header(root, settings, ages, connection);

  const tick = (): void => {
    const now = clock.now();
    count(now);
    header.tick(now);
    setTimeout(tick, 1000 - (clock.now() % 1000));
  };
  tick();
  void connection.run();

  Object.defineProperty(window, "__ioc", {
    value: Object.freeze({
      get epoch() { return connection.epoch; },
      get seq() { return connection.seq; },
      get frames() { return connection.frames; },
      get lastFrameAt() { return connection.lastFrameAt; },
      get attempts() { return connection.attempts; },
      get link() { return document.documentElement.dataset.link; },
    }),
  });
}
