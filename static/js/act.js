// Save and follow at once: the button shows the new state, the post follows, and a refusal takes it
// back. Undo posts to the address that the answer named (none: an empty one), else presses the button
// again. Without this module the same button posts the page's `act` form.
const say = (detail) => document.dispatchEvent(new CustomEvent("toast", { detail }));
const box = document.querySelector(".toasts");

function flip(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", on);
  const word = button.querySelector("[data-word]");
  if (word) {
    word.textContent = on ? button.dataset.on : button.dataset.off;
    button.classList.toggle(button.classList.contains("btn--s") ? "btn--line" : "btn--solid", !on);
  }
  const count = button.querySelector("[data-count]");
  if (count) count.textContent = Math.max(0, Number(count.textContent) + (on ? 1 : -1));
  // The next press goes to the other address, or says the other value.
  if (button.dataset.toggle) {
    const next = button.dataset.toggle;
    button.dataset.toggle = button.getAttribute("formaction");
    button.setAttribute("formaction", next);
  } else if (button.name) {
    button.value = button.value === "1" ? "0" : "1";
  }
}

async function post(button, address, body) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  flip(button);
  try {
    const answer = await fetch(address, {
      method: "POST",
      body,
      keepalive: true, // whoever leaves the page at once has acted all the same
      headers: { "X-Fragment": "act", Accept: "application/json" },
    });
    const json = answer.headers.get("Content-Type")?.includes("json");
    const data = json ? await answer.json() : {};
    // A guest is asked to log in first: go where the server points.
    if (data.location || (answer.redirected && !same(answer.url))) {
      location.assign(data.location || answer.url);
      return;
    }
    if (!answer.ok) throw data;
    for (const [name, words] of Object.entries(data.told ?? {}))
      for (const one of document.querySelectorAll(`[data-told="${name}"]`)) one.textContent = words;
    const back = () => (data.undo ? post(button, data.undo, body) : press(button));
    const undo = data.undo !== "" && (() => button.isConnected && back());
    if (data.text) say({ text: data.text, undo, other: data.other, join: data.join });
  } catch (problem) {
    flip(button);
    say({ text: problem?.text || box.dataset.failed, bad: true });
  } finally {
    button.removeAttribute("aria-busy");
  }
}

const same = (address) => new URL(address).pathname === location.pathname;

function press(button) {
  const form = button.form;
  if (!form) return;
  const body = new FormData(form);
  if (button.name) body.set(button.name, button.value);
  post(button, button.formAction, body);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-toggle][form=act]");
  if (!button) return;
  event.preventDefault();
  press(button);
});
