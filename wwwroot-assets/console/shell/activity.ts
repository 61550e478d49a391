// Tells the server that a person works here, so that the session is not locked for idleness: what a circuit does by itself
// is no work, and what a person does in it makes no request of its own.

/** Well below the shortest idle limit of five minutes. */
const between = 30_000;

export const watchActivity = () => {
  // Whoever is about to sign in has no session to keep open.
  if (location.pathname.startsWith("/signin")) return;
  let told = 0;
  const tell = () => {
    // Before anybody has signed in there is no session to keep open.
    if (document.querySelector("[data-nobody]")) return;
    const now = performance.now();
    if (told && now - told < between) return;
    told = now;
    void fetch("/account/active", { method: "POST", keepalive: true }).catch(() => {});
  };
  for (const event of ["pointerdown", "keydown", "wheel", "touchstart"]) document.addEventListener(event, tell, { passive: true, capture: true });
};
