// All that the page says: to the eye, to a screen reader, to a pointer that rests on it. A link to another language speaks that one,
// and what says of itself that it is of a language is of that one;
// what is not to be translated is of none.
() => {
  const said = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element.closest("script, style, template, .hex, [hreflang], [lang]:not(html), [translate=no]")) said.push(walker.currentNode.data);
  }
  // A name that stands on two lines is one name.
  for (const hexagon of document.querySelectorAll(".hex")) said.push([...hexagon.querySelectorAll("text")].map(text => text.textContent).join(" "));
  for (const element of document.querySelectorAll(":is([aria-label], [title], [placeholder], [aria-valuetext]):not([hreflang], [translate=no])"))
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) said.push(element.getAttribute(name) ?? "");
  return said.map(text => text.trim()).filter(text => text);
}
