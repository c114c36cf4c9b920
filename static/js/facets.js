// A filter counts as soon as it is set: results and counts are exchanged, the address moves along.
// Without this module the button under the filters asks for the same address.
const frame = document.querySelector("[data-facets]");
const said = Object.assign(document.createElement("p"), { className: "vh" });
said.setAttribute("role", "status");
frame?.prepend(said);
let asked;
let shown = location.search;

function addressOf(form) {
  const parts = [...new FormData(form)].filter(([, value]) => value !== "");
  return `${form.action}?${new URLSearchParams(parts)}`;
}

async function show(address) {
  asked?.abort();
  asked = new AbortController();
  const results = document.getElementById("results");
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
    if (!answer.ok && answer.status !== 400) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [fresh, filters] = [page.getElementById("results"), page.getElementById("facets")];
    const form = document.getElementById("facets");
    const { name, value } = document.activeElement;
    const folds = new Map([...form.querySelectorAll("[data-fold]")].map((one) => [one.dataset.fold, one.open]));
    for (const one of filters.querySelectorAll("[data-fold]")) {
      one.open = folds.get(one.dataset.fold) ?? one.open;
    }
    form.replaceChildren(...filters.childNodes);
    results.replaceWith(fresh);
    // The box that was just ticked is another element now.
    [...form.elements].find((one) => name && one.name === name && one.value === value)?.focus();
    said.textContent = frame.dataset.facets.replace("{}", fresh.querySelector("[role=status]").textContent);
    history.pushState(null, "", address);
    shown = location.search;
    document.dispatchEvent(new CustomEvent("fragment", { detail: { root: fresh } }));
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("#facets");
  if (form && frame) show(addressOf(form));
});
addEventListener("popstate", () => {
  if (location.search !== shown) location.reload();
});
