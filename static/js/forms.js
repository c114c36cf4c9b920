// Small kindnesses of forms: one press is one post, a choice submits itself, a password may be seen.

// A second press while the first is on its way does nothing; the key in the form covers the rest.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) return event.preventDefault();
  if (form.id === "act" || form.hasAttribute("data-again")) return;
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("form [aria-busy]"))
    button.removeAttribute("aria-busy");
});

// <select data-autosubmit>, or on the form for all of its choices; [data-nojs] buttons are then spare.
// Never after typing: the answer would take away what is typed into the next field meanwhile.
const CHOICE = "select, input[type=radio], input[type=checkbox]";
document.addEventListener("change", (event) => {
  if (!event.target.matches(CHOICE)) return;
  const control =
    event.target.closest("[data-autosubmit]") ||
    event.target.form?.closest("form[data-autosubmit]");
  if (control) event.target.form.requestSubmit();
});
function spare(root) {
  for (const button of root.querySelectorAll("[data-nojs]")) button.hidden = true;
}
spare(document);
document.addEventListener("fragment", (event) => spare(event.detail.root));

for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  if (!input) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const seen = input.type === "password";
    input.type = seen ? "text" : "password";
    button.textContent = seen ? button.dataset.hide : button.dataset.show;
    button.setAttribute("aria-pressed", seen);
  });
  input.form?.addEventListener("submit", () => (input.type = "password"));
}

// How long a field is.
document.addEventListener("input", ({ target: { id, value } }) => {
  const box = id && document.querySelector(`[data-count="${id}"]`);
  if (box) box.textContent = box.dataset.words.replace("{}", [...value].length);
});

// <form data-draft> keeps what is typed with us, a moment after each change; files wait for the send.
let keeping;
document.addEventListener("input", ({ target: { form, type } }) => {
  if (!form?.hasAttribute("data-draft") || type === "file") return;
  clearTimeout(keeping);
  keeping = setTimeout(() => {
    if (form.dataset.sent) return;
    const body = new FormData(form);
    for (const input of form.querySelectorAll("[type=file]")) body.delete(input.name);
    body.set("as", "draft");
    fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => {});
  }, 1500);
});

// Who types is told what is wrong when they leave a field.
document.addEventListener("input", () => import(document.getElementById("wrong").dataset.js), {
  once: true,
});

// A page whose form came back starts at its list of problems.
document.querySelector(".errs")?.focus();
