// A long form that is never lost: parts of it come anew from the server without a reload, and what was
// typed is kept on this device until it is saved.
const form = () => document.querySelector("form[data-editor]");
const key = () => `parley:draft:${form().getAttribute("action")}`;
let dirty = false;
let waiting;

// --- the draft ---------------------------------------------------------------------------------
const typed = () =>
  [...new FormData(form())].filter(
    ([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "as"].includes(name),
  );

function store() {
  try {
    const draft = { at: Date.now(), version: form().dataset.version, fields: typed() };
    localStorage.setItem(key(), JSON.stringify(draft));
  } catch {
    // No room or no right to keep it: the warning before leaving still stands.
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(key()));
  } catch {
    return null;
  }
}

function forget(draft = key()) {
  dirty = false;
  try {
    localStorage.removeItem(draft);
  } catch {
    // Nothing was kept then.
  }
}

// What is saved may come back under another address: a new product gets one of its own.
document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  clearTimeout(waiting);
  try {
    sessionStorage.setItem("parley:sent", key());
  } catch {
    // The draft is offered once more then.
  }
});

function changed(event) {
  if (!form()?.contains(event.target) || event.target.type === "file") return;
  dirty = true;
  clearTimeout(waiting);
  waiting = setTimeout(store, 400);
  if (event.type === "change") tell();
}
document.addEventListener("input", changed);
document.addEventListener("change", changed);
addEventListener("pagehide", () => dirty && store());
addEventListener("beforeunload", (event) => {
  if (dirty && !form()?.dataset.sent) event.preventDefault();
});

async function begin() {
  const page = new URL(location);
  if (page.searchParams.has("saved")) {
    forget();
    forget(sessionStorage.getItem("parley:sent"));
    page.searchParams.delete("saved");
    history.replaceState(null, "", page);
    return;
  }
  const draft = document.querySelector(".errs") ? null : read();
  if (!draft?.fields || JSON.stringify(draft.fields) === JSON.stringify(typed())) return;
  const box = document.querySelector("[data-kept]");
  await inLine(async () => (await import(box.dataset.kept)).restore(form, draft, swap));
  dirty = true;
  box.querySelector("[data-kept-drop]").addEventListener("click", () => {
    forget();
    location.reload();
  });
}

// --- parts that come anew ----------------------------------------------------------------------
// One after the other: each sends what the one before has brought.
let line = Promise.resolve();
const inLine = (job) => (line = line.then(job, job));

async function swap(data, act, parts) {
  data.set("as", act);
  const answer = await fetch(form().action, { method: "POST", body: data });
  if (answer.status >= 500 || !answer.headers.get("Content-Type")?.includes("html")) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const held = document.activeElement;
  for (const name of parts) {
    const part = document.querySelector(`[data-part="${name}"]`);
    const fresh = page.querySelector(`[data-part="${name}"]`);
    if (!part || !fresh) continue;
    carry(part, fresh, data);
    const asked = part.contains(held) ? fresh.querySelector("[autofocus]") : null;
    part.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent("fragment", { detail: { root: fresh } }));
    asked?.focus();
  }
  // Only whoever was in such a part is led back: others have gone on, and may be typing elsewhere.
  if (held && document.activeElement === document.body) {
    const again = held.isConnected
      ? held
      : (document.getElementById(held.id) ?? form().elements[held.name]);
    again?.focus?.();
  }
  return true;
}

// What happened to a part while its successor was on the way: files chosen, fields filled.
function carry(part, fresh, sent) {
  const files = part.querySelector("[data-upload]");
  if (files) fresh.querySelector("[data-upload]")?.replaceWith(files);
  const place = new Map();
  for (const field of part.querySelectorAll("input, select, textarea")) {
    if (!field.name || ["file", "hidden", "checkbox", "radio"].includes(field.type)) continue;
    const at = place.get(field.name) ?? 0;
    place.set(field.name, at + 1);
    const was = sent.getAll(field.name)[at];
    if (was === undefined || was === field.value) continue;
    const successor = successorOf(field, at, fresh);
    if (successor) successor.value = field.value;
  }
}

// A cell belongs to its variant, whatever number the row has now; other fields go by name and place.
function successorOf(field, at, fresh) {
  const values = (row) => row?.querySelector("[name$='-values']")?.value;
  const row = field.closest("[data-grid] tr");
  if (!row) return fresh.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)[at];
  const same = [...fresh.querySelectorAll("[data-grid] tr")].find(
    (one) => values(one) === values(row),
  );
  return same?.querySelector(`[name$="-${field.name.split("-").at(-1)}"]`);
}

async function press(button) {
  const data = new FormData(form());
  const files = "files" in button.dataset ? [...form().querySelectorAll("[type=file]")] : [];
  // Other files stay in their field until the form is sent.
  for (const field of form().querySelectorAll("[type=file]"))
    if (!files.includes(field)) data.delete(field.name);
  const busy = files.length ? button.closest("[data-part]") : button;
  busy.setAttribute("aria-busy", "true");
  try {
    if (!(await swap(data, button.value, button.dataset.swap.split(" ")))) throw new Error();
    for (const field of files) {
      field.value = "";
      field.dispatchEvent(new Event("emptied"));
    }
    dirty = true;
    store();
  } catch {
    document.dispatchEvent(
      new CustomEvent("toast", {
        detail: { text: document.querySelector(".toasts").dataset.failed, bad: true },
      }),
    );
  } finally {
    busy.removeAttribute("aria-busy");
  }
}

// What is not live yet is told a moment after something was changed.
let telling;
function tell() {
  if (!document.querySelector("[data-changes]")) return;
  clearTimeout(telling);
  telling = setTimeout(() => {
    const data = new FormData(form());
    for (const field of form().querySelectorAll("[type=file]")) data.delete(field.name);
    inLine(() => swap(data, "changes", ["changes", "state", "save"])).catch(() => {});
  }, 500);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-undo-all]")) return forget();
  const button = event.target.closest("button[data-swap]");
  if (!button || !form()?.contains(button)) return;
  event.preventDefault();
  inLine(() => press(button));
});
document.addEventListener("change", (event) => {
  const name = CSS.escape(event.target.name ?? "");
  const button = name && document.querySelector(`[data-swap-on~="${name}"]`);
  if (button) inLine(() => press(button));
});
// Enter after a value asks for the next one.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.closest?.("[data-chip] input")) return;
  event.preventDefault();
  event.target.closest(".opts").querySelector("[data-more]").click();
});

if (form()) begin();
