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
}
document.addEventListener("input", changed);
document.addEventListener("change", changed);
addEventListener("pagehide", () => dirty && store());
addEventListener("beforeunload", (event) => {
  if (dirty && !form()?.dataset.sent) event.preventDefault();
});

function fill(draft) {
  const values = new Map();
  for (const [name, value] of draft.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form().elements) {
    if (!field.name || ["file", "submit", "button"].includes(field.type)) continue;
    // Ids of pictures and products: the server has drawn them.
    if (["csrfmiddlewaretoken", "kept", "product"].includes(field.name)) continue;
    const kept = values.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = kept.includes(field.value);
    else if (kept.length) field.value = kept[0];
  }
}

// What the page's own fields cannot hold (more rows, another category's questions) the server draws.
async function restore(draft) {
  const data = new FormData();
  for (const [name, value] of draft.fields) data.append(name, value);
  data.set("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value);
  const parts = [...form().querySelectorAll("[data-part]")].map((part) => part.dataset.part);
  if (await swap(data, "again", parts)) fill(draft);
  dirty = true;
}

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
  await restore(draft);
  const box = document.querySelector("[data-kept]");
  const words = box.querySelector("[data-kept-words]");
  const when = new Date(draft.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  const older = draft.version !== form().dataset.version;
  words.textContent = (older ? words.dataset.older : words.dataset.plain).replace("{}", when);
  box.hidden = false;
  box.querySelector("[data-kept-drop]").addEventListener("click", () => {
    forget();
    location.reload();
  });
}

// --- parts that come anew ----------------------------------------------------------------------
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
    part.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent("fragment", { detail: { root: fresh } }));
  }
  // Only whoever was in such a part is led back: others have gone on, and may be typing elsewhere.
  if (held && !held.isConnected) {
    const again = document.getElementById(held.id) ?? form().elements[held.name];
    again?.focus?.();
  }
  return true;
}

// What happened to a part while its successor was on the way: files chosen, fields filled.
function carry(part, fresh, sent) {
  const files = part.querySelector("[data-upload]");
  if (files) fresh.querySelector("[data-upload]")?.replaceWith(files);
  for (const field of part.querySelectorAll("input, select, textarea")) {
    if (!field.name || ["file", "hidden", "checkbox", "radio"].includes(field.type)) continue;
    if (!sent.has(field.name) || sent.get(field.name) === field.value) continue;
    const successor = fresh.querySelector(`[name="${CSS.escape(field.name)}"]`);
    if (successor) successor.value = field.value;
  }
}

async function press(button) {
  const data = new FormData(form());
  // Files stay in their field until the form is sent.
  for (const field of form().querySelectorAll("[type=file]")) data.delete(field.name);
  button.setAttribute("aria-busy", "true");
  try {
    if (!(await swap(data, button.value, button.dataset.swap.split(" ")))) throw new Error();
    dirty = true;
    store();
  } catch {
    document.dispatchEvent(
      new CustomEvent("toast", {
        detail: { text: document.querySelector(".toasts").dataset.failed, bad: true },
      }),
    );
  } finally {
    button.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-swap]");
  if (!button || !form()?.contains(button)) return;
  event.preventDefault();
  press(button);
});
document.addEventListener("change", (event) => {
  const button = document.querySelector(`[data-swap-on="${CSS.escape(event.target.name ?? "")}"]`);
  if (button) press(button);
});

// --- how long a description is -----------------------------------------------------------------
document.addEventListener("input", (event) => {
  const box = document.querySelector(`[data-count="${CSS.escape(event.target.id ?? "")}"]`);
  if (box) box.textContent = box.dataset.words.replace("{}", [...event.target.value].length);
});

if (form()) begin();
