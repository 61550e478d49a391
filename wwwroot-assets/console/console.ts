// Starts the circuit of a page for people who work, and sees to what must work without one: theme, single keys, and
// the way back after a lost connection.
import { watchActivity } from "./shell/activity";
import { connectionHandler, watchForFailure } from "./shell/connection";
import { watchCopy } from "./shell/copy";
import { watchKeys } from "./shell/keys";
import { watchPrint } from "./shell/print";
import { definePasskeyForms } from "./shell/passkeys";
import { watchTheme } from "./shell/theme";

declare const Blazor: {
  start(options: unknown): Promise<void>;
  reconnect(): Promise<boolean>;
};

/** The server says something every five seconds: silence for longer than this is a lost connection. */
const serverTimeout = 12_000;

definePasskeyForms();
watchActivity();
watchTheme();
watchKeys();
watchCopy();
watchPrint();
watchForFailure();
await Blazor.start({
  circuit: {
    reconnectionHandler: connectionHandler(() => Blazor.reconnect()),
    configureSignalR: (builder: { withServerTimeout(milliseconds: number): unknown }) => builder.withServerTimeout(serverTimeout),
  },
});
