// A delivery or a country that changes what it costs: the server draws the sums anew, and what is typed
// stays where it is. If that does not work the page is asked for as without a script.
const form = document.querySelector("form.till");
let asked;

async function draw(button) {
  asked?.abort();
  asked = new AbortController();
  const body = new FormData(form, button);
  const headers = { Accept: "text/html" };
  const answer = await fetch(form.action, { method: "POST", body, headers, signal: asked.signal });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of form.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
  }
  document.dispatchEvent(new CustomEvent("fragment", { detail: { root: form } }));
}

const costs = ({ name }) => /^(ship\d+|country)$/.test(name);
const changed = (one) =>
  one.options
    ? [...one.options].some((option) => option.selected !== option.defaultSelected)
    : one.checked !== one.defaultChecked;

function update() {
  const button = form.querySelector('[value="update"]');
  draw(button).catch((error) => error.name === "AbortError" || form.requestSubmit(button));
}

form?.addEventListener("change", ({ target }) => costs(target) && update());
// What was chosen before this module came, or was put back by the browser.
if (form && [...form.elements].some((one) => costs(one) && changed(one))) update();
