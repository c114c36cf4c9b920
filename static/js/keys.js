// Keys of a single letter, heard in one place: not in a field that takes text, not under a dialog, and not
// by whoever switched them off. A script that knows the key prevents the event; "?" shows all of them.
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

if (document.documentElement.dataset.keys !== "off") {
  document.addEventListener("keydown", (event) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || event.target.closest?.(TYPED)) return;
    if (document.querySelector("dialog[open]")) return;
    const pressed = new CustomEvent("letter", { detail: event.key, cancelable: true });
    if (!document.dispatchEvent(pressed)) event.preventDefault();
  });
}

document.addEventListener("letter", async (event) => {
  const link = document.querySelector("a[data-keys-help]");
  if (event.detail !== "?" || !link || document.querySelector("[data-keys-body]")) return;
  event.preventDefault();
  try {
    const { show } = await import(link.dataset.keysHelp);
    if (!(await show(link.href))) location.assign(link.href);
  } catch {
    location.assign(link.href);
  }
});
