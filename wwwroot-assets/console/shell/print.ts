// <button data-print> opens the browser's own printing; what is printed is said by the styles. The content security policy lets
// no handler stand in a page.
export const watchPrint = () => {
  document.addEventListener("click", event => {
    if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
  });
};
