// The page of all keys in a dialog of this one; keys.js loads it when it is first asked for, and follows
// the link where anything fails.
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

export async function show(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = page.querySelector("[data-keys-body]");
  await styles(page);
  // Asked twice, or shown by the page itself.
  if (document.querySelector("dialog[open], [data-keys-body]")) return;
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
}
