// Buying in place: a link with data-sheet opens in the page's one dialog instead of a page of its own.
// The server answers the same block as a fragment; whatever goes wrong, the link is simply followed.
// While it is open the history has one entry more, however often its content changes: Back closes it,
// Forward opens it again.
const dialog = document.getElementById("sheet");
const entry = () => history.state?.sheet;

// The fragment brings its own style sheets, so that a wall need not carry them; it shows when they are in.
async function styles(part) {
  const wanted = [...part.querySelectorAll("link[rel=stylesheet]")];
  const loads = wanted.map((link) => {
    link.remove();
    if (document.head.querySelector(`link[href="${link.getAttribute("href")}"]`)) return null;
    return new Promise((done) => {
      link.addEventListener("load", done);
      link.addEventListener("error", done);
      document.head.append(link);
    });
  });
  await Promise.all(loads);
}

const named = (name) => [...dialog.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

async function show(html, address) {
  const part = new DOMParser()
    .parseFromString(html, "text/html")
    .querySelector("[data-sheet-body]");
  if (!part) return false;
  await styles(part);
  const at = dialog.contains(document.activeElement) ? document.activeElement : null;
  const nth = at?.name ? named(at.name).indexOf(at) : -1;
  const open = [...dialog.querySelectorAll("details")].map((one) => one.open);
  dialog.replaceChildren(...part.childNodes);
  dialog.dataset.address = address;
  const head = dialog.querySelector("h2");
  if (head) {
    dialog.removeAttribute("aria-label");
    dialog.setAttribute("aria-labelledby", head.id);
  }
  if (!dialog.open) dialog.showModal();
  dialog.returnValue = "";
  if (entry()) history.replaceState({ sheet: address }, "");
  else history.pushState({ sheet: address }, "");
  // A choice that changed the sheet keeps its place in it.
  const folds = [...dialog.querySelectorAll("details")];
  if (folds.length === open.length) folds.forEach((one, at) => (one.open ||= open[at]));
  const back = nth < 0 ? null : named(at.name)[nth];
  (dialog.querySelector("[autofocus], .errs") || (back?.disabled ? null : back) || head)?.focus();
  document.dispatchEvent(new CustomEvent("fragment", { detail: { root: dialog } }));
  return true;
}

const ask = (address, options = {}) =>
  fetch(address, { ...options, headers: { "X-Fragment": "sheet", Accept: "text/html" } });

async function fetched(address) {
  try {
    const answer = await ask(address);
    return answer.ok && (await show(await answer.text(), address));
  } catch {
    return false;
  }
}

async function open(link) {
  link.setAttribute("aria-busy", "true");
  if (!(await fetched(link.href))) location.assign(link.href);
  link.removeAttribute("aria-busy");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-sheet]");
  if (
    !link ||
    !dialog?.showModal ||
    event.button ||
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey
  )
    return;
  event.preventDefault();
  if (!link.getAttribute("aria-busy")) open(link);
});

// The answer to a form in the sheet is the sheet again, changed or with what is wrong; to the button
// that pays (data-leave) it is the address to go on to. Where that does not work the form goes the
// ordinary way: the key in it keeps anybody from buying twice.
dialog?.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!form.hasAttribute("data-stay")) return;
  event.preventDefault();
  const leaves = submitter?.hasAttribute("data-leave");
  if (leaves && form.dataset.sent) return;
  const data = new FormData(form, submitter);
  // Not form.method: that is the field of this name, where one can choose how to pay.
  const post = form.getAttribute("method") === "post";
  const address = new URL(
    submitter?.getAttribute("formaction") || form.action || dialog.dataset.address,
    location,
  );
  if (!post) address.search = new URLSearchParams(data);
  if (leaves) {
    form.dataset.sent = "1";
    submitter.setAttribute("aria-busy", "true");
  }
  try {
    const answer = await ask(address, post ? { method: "POST", body: data } : {});
    if (answer.headers.get("Content-Type")?.includes("json"))
      return location.assign((await answer.json()).location);
    if (await show(await answer.text(), address.href)) return;
    if (!leaves) return location.assign(address);
  } catch {
    // As below.
  }
  form.removeAttribute("data-stay");
  delete form.dataset.sent;
  form.requestSubmit(submitter);
});

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
  // To a field of the sheet, without a place of its own in the history, which Back would go to.
  const within = event.target.closest('a[href^="#"]');
  if (!within) return;
  event.preventDefault();
  document.getElementById(within.hash.slice(1))?.focus();
});
dialog?.addEventListener("close", () => {
  // The event comes a frame late: by then Back and Forward may have opened it again.
  if (dialog.open) return;
  dialog.replaceChildren();
  if (entry() && dialog.returnValue !== "back") history.back();
});

if (dialog) {
  // After a reload nothing is open any more.
  if (entry()) history.replaceState(null, "");
  addEventListener("popstate", async () => {
    const address = entry();
    if (!address) dialog.close("back");
    else if (!dialog.open && !(await fetched(address))) location.replace(address);
  });
}
