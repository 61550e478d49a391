// What a reader at the wall would call broken: a scroll bar, a text cut off or outside its panel, a text over another one.
() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) faults.push(`the page is ${root.scrollWidth}×${root.scrollHeight} in a window of ${innerWidth}×${innerHeight}`);

  const pen = document.createElement("canvas").getContext("2d");
  const range = document.createRange();
  const items = [];

  // The ink of a line of text: its boxes are taller than its letters and may overlap without harm.
  const ink = (text, style, box) => {
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const m = pen.measureText(text);
    const scale = box.height / (m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    const baseline = box.top + m.fontBoundingBoxAscent * scale;
    return { left: box.left, right: box.right, top: baseline - m.actualBoundingBoxAscent * scale, bottom: baseline + m.actualBoundingBoxDescent * scale };
  };

  const seen = element => {
    for (let e = element; e; e = e.parentElement) {
      const s = getComputedStyle(e);
      if (s.visibility === "hidden" || s.opacity === "0" || s.clipPath !== "none") return false;
    }
    return element.checkVisibility();
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, template, .vh") || !seen(element)) continue;
    range.selectNodeContents(node);
    const style = getComputedStyle(element), text = node.data.trim();
    for (const box of range.getClientRects())
      if (box.width >= 1 && box.height >= 1) items.push({ element, text: `«${text}»`, box: ink(text, style, box) });
  }

  for (const mark of document.querySelectorAll("svg.shape, svg.spark")) {
    const box = mark.getBoundingClientRect();
    if (box.width >= 1 && seen(mark)) items.push({ element: mark, text: `<${mark.getAttribute("class")} of ${mark.parentElement.className || mark.parentElement.tagName}>`, box });
  }

  const outside = (box, bounds, slack) =>
    box.left < bounds.left - slack || box.right > bounds.right + slack || box.top < bounds.top - slack || box.bottom > bounds.bottom + slack;

  for (const { element, text, box } of items) {
    if (outside(box, { left: 0, top: 0, right: innerWidth, bottom: innerHeight }, 0.5)) faults.push(`${text} leaves the screen`);
    const holder = element.closest(".tile, .panel, .alarm, .bar, .group-name");
    if (holder && outside(box, holder.getBoundingClientRect(), 1)) faults.push(`${text} leaves its ${holder.className}`);
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      const s = getComputedStyle(e);
      if (s.overflowX === "visible" && s.overflowY === "visible") continue;
      if (e instanceof SVGElement && !(e instanceof SVGSVGElement)) continue;
      if (outside(box, e.getBoundingClientRect(), 1)) faults.push(`${text} is cut off by ${e.className.baseVal ?? e.className}`);
    }
  }

  for (const element of document.querySelectorAll("body *")) {
    const s = getComputedStyle(element);
    if ((/auto|scroll/.test(s.overflowX) && element.scrollWidth > element.clientWidth) || (/auto|scroll/.test(s.overflowY) && element.scrollHeight > element.clientHeight))
      faults.push(`${element.className || element.tagName} has a scroll bar`);
  }

  for (let i = 0; i < items.length; i++) {
    for (let j = i + 1; j < items.length; j++) {
      const [a, b] = [items[i], items[j]];
      if (a.element === b.element) continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      // A descender may reach beside the accents of the line below.
      if (wide > 1.5 && high > 0.2 * Math.min(a.box.bottom - a.box.top, b.box.bottom - b.box.top)) faults.push(`${a.text} over ${b.text} by ${wide.toFixed(1)}×${high.toFixed(1)} px`);
    }
  }

  return [...new Set(faults)];
}
