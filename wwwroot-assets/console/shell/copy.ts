// Copies what stands in a field: <button data-copy="ID of the field">. The content security policy lets no handler stand in a
// page, so one listener serves all. Without a secure context browsers have no clipboard for scripts; the older way is tried then.

const copySelected = (field: HTMLInputElement) => {
  field.focus();
  field.select();
  return document.execCommand("copy");
};

const copy = async (field: HTMLInputElement) => {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return copySelected(field);
  }
};

export const watchCopy = () => {
  document.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    const field = button && document.getElementById(button.dataset.copy ?? "");
    if (!button || !(field instanceof HTMLInputElement)) return;
    void copy(field).then(done => {
      const said = document.getElementById(`${field.id}-said`);
      if (said) said.textContent = (done ? button.dataset.copied : button.dataset.notCopied) ?? "";
    });
  });
};
