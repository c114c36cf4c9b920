// Letters are keys, but in a field of text, under a dialog, and where they are switched off. A page hears
// those that are not known here. And menus close when the eye goes elsewhere.
const KEYS = {
  "/": () => document.querySelector(".search input")?.select(),
  "?": () => {
    const link = document.querySelector("[data-keys-help]");
    import(link.dataset.keysHelp).then(({ show }) => show(link.href)).catch(() => link.click());
  },
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const menu = key === "Escape" && target.closest("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest(":read-write, select")) return;
  if (document.querySelector("[data-keys=off], dialog[open]")) return;
  const heard = new CustomEvent("letter", { detail: key, cancelable: true });
  if (KEYS[key]) KEYS[key]();
  else if (document.dispatchEvent(heard)) return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(event.target)) menu.open = false;
});
