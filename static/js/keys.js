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

// Style sheets of the page that the dialog's does not have yet; it shows when they are in.
function styles(page) {
  const wanted = [...page.querySelectorAll("head link[rel=stylesheet]")];
  const missing = wanted.filter(
    (link) => !document.head.querySelector(`link[href="${link.getAttribute("href")}"]`),
  );
  return Promise.all(
    missing.map(
      (link) =>
        new Promise((done) => {
          link.addEventListener("load", done);
          link.addEventListener("error", done);
          document.head.append(link);
        }),
    ),
  );
}

async function show(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = page.querySelector("[data-keys-body]");
  if (!body) return false;
  await styles(page);
  if (document.querySelector("dialog[open]")) return true;
  const dialog = document.createElement("dialog");
  dialog.className = "keysheet";
  dialog.setAttribute("aria-labelledby", "keys-h");
  dialog.append(...body.childNodes);
  const close = document.createElement("button");
  close.className = "btn";
  close.textContent = body.dataset.closeLabel;
  close.addEventListener("click", () => dialog.close());
  dialog.querySelector("header").append(close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("h2").focus();
  return true;
}

document.addEventListener("letter", async (event) => {
  const link = document.querySelector("a[data-keys-help]");
  if (event.detail !== "?" || !link || document.querySelector("[data-keys-body]")) return;
  event.preventDefault();
  try {
    if (!(await show(link.href))) location.assign(link.href);
  } catch {
    location.assign(link.href);
  }
});
