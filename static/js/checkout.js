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

form?.addEventListener("change", ({ target }) => {
  if (!/^(ship\d+|country)$/.test(target.name)) return;
  const button = form.querySelector('[value="update"]');
  draw(button).catch((error) => error.name === "AbortError" || form.requestSubmit(button));
});
