// Choosing an option shows its picture, price and Buy at once: the form asks for the page of that
// choice and takes over its parts, and the address follows. Without it a button asks for the page.
const form = document.querySelector("form[data-variants]");
const PARTS = "[data-part]";

async function choose() {
  const address = new URL(form.action, location);
  address.search = new URLSearchParams(new FormData(form));
  const held = document.activeElement?.id;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll(PARTS)) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (fresh) part.replaceWith(fresh);
    }
    history.replaceState(null, "", answer.url);
    if (held) document.getElementById(held)?.focus();
  } catch {
    location.assign(address);
  }
}
document.addEventListener("change", (event) => {
  if (form && event.target.form === form) choose();
});
