// The theme belongs to the person at this desk: a cookie, so that the server draws the next page in it at once.

export const watchTheme = () => {
  document.addEventListener("click", event => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-theme-switch]")) return;
    const root = document.documentElement;
    const theme = root.dataset["theme"] === "light" ? "dark" : "light";
    root.dataset["theme"] = theme;
    document.cookie = `ioc-theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    document.dispatchEvent(new CustomEvent("ioc-theme"));
  });
};
