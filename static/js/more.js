// "Show more" loads by itself for two pages, then waits for a press, so that the footer can be reached.
// Who leaves a ranked wall by a link finds the same pins with Back: only then the address moves along,
// so that a reload shows what is new.
const BY_ITSELF = 2;
let loaded = 0;
let reached = "";

// None before a link of another list, which goes to its next page as without this module.
const lanesOf = (link) => link.closest("p")?.previousElementSibling?.querySelector(".lanes");

// A wall that grows is a feed: each card says which one it is, and of how many once that is known.
function feed(lanes, more) {
  const cards = [...lanes.children];
  lanes.setAttribute("role", "feed");
  lanes.setAttribute("aria-label", document.querySelector("h1").textContent.trim());
  cards.forEach((card, at) => {
    card.setAttribute("aria-posinset", at + 1);
    card.setAttribute("aria-setsize", more ? -1 : cards.length);
  });
}

async function load(link) {
  if (link.getAttribute("aria-busy")) return;
  link.setAttribute("aria-busy", "true");
  const lanes = lanesOf(link);
  lanes.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-wall] .lanes");
    const row = page.querySelector("[data-more]")?.closest("p");
    const cards = [...(next?.children ?? [])];
    lanes.append(...cards);
    feed(lanes, row);
    lanes.removeAttribute("aria-busy");
    const paragraph = link.closest("p");
    if (row) {
      paragraph.replaceWith(row);
      watch(row.querySelector("[data-more]"));
    } else paragraph.remove();
    document.dispatchEvent(new CustomEvent("fragment", { detail: { root: lanes } }));
    reached = allUpTo(link.href);
    return cards[0];
  } catch {
    location.assign(link.href);
  }
}

// A ranked wall that is kept can be asked for all pages up to one; other lists have no such address.
function allUpTo(href) {
  const address = new URL(href);
  const page = address.searchParams.get("page");
  if (!page || !address.searchParams.has("scroll")) return "";
  address.searchParams.delete("page");
  address.searchParams.set("upto", page);
  return address.href;
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || loaded >= BY_ITSELF) continue;
      loaded += 1;
      watcher.unobserve(target);
      // Room for what comes, made out of sight: the footer must not jump away from under an eye.
      target.closest("p").classList.add("more--waits");
      load(target);
    }
  },
  { rootMargin: "1200px" },
);
const mayWatch = () => loaded < BY_ITSELF && !navigator.connection?.saveData;
const watch = (link) => mayWatch() && watcher.observe(link);

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (link && reached) history.replaceState(history.state, "", reached);
  if (!link?.matches("[data-more]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!lanesOf(link)) return;
  event.preventDefault();
  const first = await load(link);
  first?.querySelector("h2 a, h3 a")?.focus();
});
// A filter brings another wall.
function begin(root) {
  for (const link of root.querySelectorAll("a[data-more]")) {
    const lanes = lanesOf(link);
    if (!lanes) continue;
    [loaded, reached] = [0, ""];
    feed(lanes, link);
    watch(link);
  }
}
document.addEventListener("fragment", ({ detail }) => begin(detail.root));
begin(document);
