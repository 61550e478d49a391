// The grid of a report's sheet, by keyboard as in a spreadsheet. Keystrokes stay here; what leaves a cell goes to the server. The
// table is the server's own: this script moves the focus, holds the one editor over the cell, and shows what waits to be saved.
import { readTable } from "./clipboard";
import { Outbox, type Server, type Taken } from "./outbox";

/** A pause in typing saves what stands in the editor, as leaving the cell does. */
const typingPause = 1_200;
const lookAfter = 120;

class Sheet {
  private readonly editor: HTMLInputElement;
  private readonly outbox: Outbox;
  private readonly gone = new AbortController();
  private active: HTMLElement | undefined;
  private editing = false;
  /** Version that the editor was opened over: what a colleague wrote meanwhile is not written over unseen. */
  private base = 0;
  private pause: number | undefined;
  private looking: number | undefined;

  constructor(private readonly root: HTMLElement, private readonly server: Server, key: string) {
    this.editor = root.querySelector<HTMLInputElement>("[data-editor]")!;
    this.outbox = new Outbox(server, `sheet:${key}`, taken => this.settle(taken));
    const options = { signal: this.gone.signal };
    root.addEventListener("keydown", e => this.onKey(e), options);
    root.addEventListener("mousedown", e => this.onPress(e), options);
    root.addEventListener("dblclick", e => { if (this.cellOf(e.target)) this.edit(); }, options);
    root.addEventListener("focusin", e => this.onFocus(e), options);
    root.addEventListener("paste", e => this.onPaste(e), options);
    root.addEventListener("copy", e => this.onCopy(e), options);
    root.addEventListener("input", () => this.onInput(), options);
    this.editor.addEventListener("blur", () => this.commit(), options);
    document.addEventListener("keydown", e => this.onPageKey(e), options);
    const first = this.rows()[0]?.[0];
    if (first) first.tabIndex = 0;
    for (const typed of this.outbox.cells) this.showWaiting(typed.c, typed.t);
    void this.outbox.send();
  }

  dispose(): void {
    this.commit();
    this.outbox.close();
    this.gone.abort();
  }

  // --- where one is ---------------------------------------------------------------------------------------------------

  /** Cells with figures, line by line over all tables of the form, as they stand on the page now. */
  private rows(): HTMLElement[][] {
    return [...this.root.querySelectorAll<HTMLTableRowElement>("tbody tr")].map(r => [...r.querySelectorAll<HTMLElement>("td[data-c]")]).filter(r => r.length > 0);
  }

  private place(cell: HTMLElement): [number, number] {
    const rows = this.rows();
    const row = rows.findIndex(r => r.includes(cell));
    return [row, row < 0 ? -1 : rows[row]!.indexOf(cell)];
  }

  private cellOf(target: EventTarget | null): HTMLElement | undefined {
    return target instanceof Element ? target.closest<HTMLElement>("td[data-c]") ?? undefined : undefined;
  }

  private find(name: string): HTMLElement | undefined {
    return this.root.querySelector<HTMLElement>(`td[data-c="${CSS.escape(name)}"]`) ?? undefined;
  }

  /** The line above or below, over the tables of the form; without looking through all of them. */
  private lineBeside(line: HTMLTableRowElement, down: 1 | -1): HTMLTableRowElement | undefined {
    let next = (down > 0 ? line.nextElementSibling : line.previousElementSibling) as HTMLTableRowElement | null;
    if (!next) {
      const table = line.closest("table");
      const beside = down > 0 ? table?.nextElementSibling : table?.previousElementSibling;
      const lines = beside?.querySelectorAll<HTMLTableRowElement>("tbody tr");
      next = lines?.[down > 0 ? 0 : lines.length - 1] ?? null;
    }

    return next ?? undefined;
  }

  private go(down: number, right: number): void {
    if (!this.active) return;
    const line = this.active.closest("tr");
    if (line && Math.abs(down) + Math.abs(right) === 1) {
      const cells = [...line.querySelectorAll<HTMLElement>("td[data-c]")];
      const at = cells.indexOf(this.active);
      const beside = down !== 0 ? this.lineBeside(line, down as 1 | -1)?.querySelectorAll<HTMLElement>("td[data-c]")
        : cells[at + right] ? cells : this.lineBeside(line, right as 1 | -1)?.querySelectorAll<HTMLElement>("td[data-c]");
      if (!beside) return;
      const to = down !== 0 ? beside[Math.min(at, beside.length - 1)] : beside === cells ? cells[at + right] : beside[right > 0 ? 0 : beside.length - 1];
      if (to) this.focus(to);
      return;
    }

    const rows = this.rows();
    const [row, column] = this.place(this.active);
    if (row < 0) return;
    const to = rows[Math.max(0, Math.min(rows.length - 1, row + down))]!;
    const at = column + right;
    if (at >= to.length && row + 1 < rows.length) this.focus(rows[row + 1]![0]!);
    else if (at < 0 && row > 0) this.focus(rows[row - 1]!.at(-1)!);
    else this.focus(to[Math.max(0, Math.min(to.length - 1, at))]!);
  }

  private focus(cell: HTMLElement): void {
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private onFocus(event: FocusEvent): void {
    const cell = this.cellOf(event.target);
    if (!cell || cell === this.active) return;
    if (this.active) this.active.tabIndex = -1;
    this.active = cell;
    cell.tabIndex = 0;
    window.clearTimeout(this.looking);
    this.looking = window.setTimeout(() => { this.server.invokeMethodAsync("Look", cell.dataset["c"]).catch(() => {}); }, lookAfter);
  }

  private onPress(event: MouseEvent): void {
    const cell = this.cellOf(event.target);
    if (!cell || event.target === this.editor) return;
    event.preventDefault();
    this.commit();
    this.focus(cell);
  }

  // --- keys -----------------------------------------------------------------------------------------------------------

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (this.editing) this.onEditorKey(event);
    else if (this.active && this.cellOf(event.target)) this.onGridKey(event);
  }

  private onEditorKey(event: KeyboardEvent): void {
    switch (event.key) {
      case "Enter": this.leave(event.shiftKey ? -1 : 1, 0); break;
      case "Tab": this.leave(0, event.shiftKey ? -1 : 1); break;
      case "ArrowUp": this.leave(-1, 0); break;
      case "ArrowDown": this.leave(1, 0); break;
      case "Escape": this.close(); break;
      default: return;
    }

    event.preventDefault();
    event.stopPropagation();
  }

  private onGridKey(event: KeyboardEvent): void {
    const far = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "ArrowUp": this.go(far ? -1e6 : -1, 0); break;
      case "ArrowDown": this.go(far ? 1e6 : 1, 0); break;
      case "ArrowLeft": this.go(0, -1); break;
      case "ArrowRight": this.go(0, 1); break;
      case "PageUp": this.go(-15, 0); break;
      case "PageDown": this.go(15, 0); break;
      case "Home": this.edge(far, 0); break;
      case "End": this.edge(far, -1); break;
      case "Enter": case "F2": this.edit(); break;
      case "Delete": case "Backspace": this.write([[this.active!, ""]]); break;
      default:
        // A letter or digit begins a new figure in place of the old one.
        if (event.key.length !== 1 || far || event.altKey) return;
        this.edit("");
        return; // the key itself goes into the editor, which has the focus now
    }

    event.preventDefault();
  }

  private edge(far: boolean, end: 0 | -1): void {
    const rows = this.rows();
    const [row] = this.place(this.active!);
    const target = far ? rows.at(end) : rows[row];
    const cell = target?.at(end);
    if (cell) this.focus(cell);
  }

  /** Alt+N: the note of the cell; Escape there leads back. */
  private onPageKey(event: KeyboardEvent): void {
    const note = document.querySelector<HTMLTextAreaElement>("[data-note]");
    if (event.altKey && event.key.toLowerCase() === "n" && note && !note.disabled) {
      this.commit();
      note.focus();
      event.preventDefault();
    } else if (event.key === "Escape" && event.target === note && this.active) {
      this.focus(this.active);
    }
  }

  // --- typing ---------------------------------------------------------------------------------------------------------

  private edit(text?: string): void {
    const cell = this.active;
    if (!cell || cell.getAttribute("aria-readonly") === "true") return;
    // Moved and made visible without laying out the table under it.
    const [left, top] = [cell.offsetLeft + this.offsetOf(cell, "offsetLeft"), cell.offsetTop + this.offsetOf(cell, "offsetTop")];
    const size = { width: `${cell.offsetWidth}px`, height: `${cell.offsetHeight}px`, transform: `translate(${left}px, ${top}px)` };
    this.editor.value = text ?? this.textOf(cell);
    Object.assign(this.editor.style, size);
    this.editor.dataset["open"] = "";
    this.editing = true;
    this.base = Number(cell.dataset["v"] ?? "0");
    this.editor.dataset["before"] = this.textOf(cell);
    this.editor.focus({ preventScroll: true });
    if (text === undefined) this.editor.select();
  }

  /** Of the tables between the cell and the grid, whose own places count too. */
  private offsetOf(cell: HTMLElement, side: "offsetLeft" | "offsetTop"): number {
    let sum = 0;
    for (let parent = cell.offsetParent as HTMLElement | null; parent && parent !== this.root; parent = parent.offsetParent as HTMLElement | null) sum += parent[side];
    return sum;
  }

  private onInput(): void {
    window.clearTimeout(this.pause);
    this.pause = window.setTimeout(() => this.save(), typingPause);
  }

  /** Keeps what is in the editor without leaving it. */
  private save(): void {
    if (!this.editing || !this.active || this.editor.value === this.editor.dataset["before"]) return;
    this.editor.dataset["before"] = this.editor.value;
    this.write([[this.active, this.editor.value]], this.base);
  }

  private commit(): void {
    if (!this.editing) return;
    this.save();
    this.close();
  }

  private close(): void {
    if (!this.editing) return;
    const hadFocus = document.activeElement === this.editor;
    this.hide();
    if (hadFocus && this.active) this.active.focus({ preventScroll: true });
  }

  /** Keeps what was typed and goes on. Only where one goes is focused, so that the page is laid out once for a key. */
  private leave(down: number, right: number): void {
    this.save();
    this.hide();
    const from = this.active;
    this.go(down, right);
    if (this.active === from) from?.focus({ preventScroll: true });
  }

  private hide(): void {
    window.clearTimeout(this.pause);
    this.editing = false;
    delete this.editor.dataset["open"];
  }

  private textOf(cell: HTMLElement): string {
    return cell.dataset["typed"] ?? cell.firstElementChild?.textContent ?? "";
  }

  /** Over what stands in the cells now, if not over an earlier version. */
  private write(entries: [HTMLElement, string][], base?: number): void {
    const typed = entries.filter(([cell]) => cell.getAttribute("aria-readonly") !== "true")
      .map(([cell, text]) => ({ c: cell.dataset["c"]!, t: text.trim(), v: base ?? Number(cell.dataset["v"] ?? "0") }));
    for (const { c, t } of typed) this.showWaiting(c, t);
    if (typed.length > 0) this.outbox.put(typed);
  }

  private showWaiting(name: string, text: string): void {
    const cell = this.find(name);
    if (!cell) return;
    cell.dataset["typed"] = text;
    (cell.firstElementChild as HTMLElement).dataset["typed"] = text;
  }

  private settle({ c, v: version, refused, conflict }: Taken): void {
    const cell = this.find(c);
    if (!cell) return;
    if (refused) cell.dataset["refused"] = "";
    else {
      delete cell.dataset["typed"];
      delete cell.dataset["refused"];
      delete (cell.firstElementChild as HTMLElement).dataset["typed"];
    }

    if (Number(cell.dataset["v"] ?? "0") < version) cell.dataset["v"] = String(version);
    // One's own, kept while typing goes on.
    if (!refused && !conflict && this.editing && cell === this.active) this.base = version;
  }

  // --- clipboard ------------------------------------------------------------------------------------------------------

  private onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const table = readTable(text);
    if (this.editing && table.length <= 1 && (table[0]?.length ?? 0) <= 1) return;
    if (!this.active || table.length === 0) return;
    event.preventDefault();
    this.close();
    const rows = this.rows();
    const [row, column] = this.place(this.active);
    const entries: [HTMLElement, string][] = [];
    let beyond = 0;
    table.forEach((line, r) => line.forEach((value, c) => {
      const cell = rows[row + r]?.[column + c];
      if (cell) entries.push([cell, value]);
      else if (value.trim() !== "") beyond++;
    }));
    this.write(entries);
    void this.server.invokeMethodAsync("Beyond", beyond).catch(() => {});
  }

  private onCopy(event: ClipboardEvent): void {
    if (this.editing || !this.active || !this.cellOf(event.target)) return;
    event.clipboardData?.setData("text/plain", this.textOf(this.active));
    event.preventDefault();
  }
}

export const mount = (root: HTMLElement, server: Server, key: string) => new Sheet(root, server, key);
