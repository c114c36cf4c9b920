// Products on a picture: a click on the picture chooses the next one's place, and the buttons of the
// editor exchange its block for the server's answer instead of the page. Moving is in focal.js.
const OPS = "button:is([name=tag], [name=untag], [name=retag], [name=sort], [name=shift], [name=unpicture], [name=repicture], [value=find], [value=show], [value=more])";
let pause;
let search;
const tagger = () => document.querySelector("[data-tagger]");

function wake(root) {
  for (const note of root.querySelectorAll("[data-js]")) note.hidden = false;
}

async function exchange(form, button) {
  const block = tagger();
  if (block.getAttribute("aria-busy")) return;
  const { name, value } = button;
  // A search is given up for whatever else one does; anything else is done to its end.
  clearTimeout(pause);
  search?.abort();
  search = value === "find" ? new AbortController() : null;
  if (!search) block.setAttribute("aria-busy", "true");
  const body = new FormData(form, button);
  // A chosen picture is shown at once, and comes back as one that is kept.
  if (!["show", "more"].includes(value)) for (const files of ["image", "more"]) body.delete(files);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { "X-Fragment": "tagger", Accept: "text/html" },
      signal: search?.signal,
    });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-tagger]");
    if (!fresh) throw new Error("no tagger");
    if (value === "find") return found(block, fresh, body.get("find"));
    block.replaceWith(fresh);
    changed();
    document.dispatchEvent(new CustomEvent("fragment", { detail: { root: fresh } }));
    land(fresh, name, value);
  } catch (error) {
    if (error.name === "AbortError") return;
    block.removeAttribute("aria-busy");
    button.dataset.plain = "";
    form.requestSubmit(button);
  }
}

// The focus goes where one works on: the new tag's dot, the way back.
function land(root, name, value) {
  if (value === "show") return root.querySelector("[data-ask] summary").focus();
  if (value === "more") return root.querySelector(".further li:last-child input[id]")?.focus();
  const [number, way] = value.split("-");
  const moved = way === "earlier" ? Number(number) - 1 : Number(number) + 1;
  const to =
    name === "tag"
      ? root.querySelector(".dot[aria-current]")
      : name === "untag"
        ? root.querySelector("[name=retag]")
        : name === "sort"
          ? root.querySelector(`#tag-${moved} summary`)
          : name === "shift"
            ? root.querySelector(`#p-${moved - 1}-alt`)
            : name === "unpicture"
              ? root.querySelector("[name=repicture]")
              : name === "repicture"
                ? root.querySelector(`#p-${parseInt(value, 10) - 1}-alt`)
          : root.querySelector(`#tag-${parseInt(value, 10)} summary`);
  to?.focus();
}

// Only what was found is exchanged: whoever types on, or moves a tag meanwhile, is not disturbed.
function found(block, fresh, words) {
  for (const part of ["#find-h", ".hits"])
    block.querySelector(part).replaceWith(fresh.querySelector(part));
  block.querySelector("[name=found]").value = words;
}

// What is typed is looked for by itself, a moment after the last key.
function look(form) {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const { find, found: last } = form.elements;
    if (tagger().getAttribute("aria-busy")) look(form);
    else if (find.value !== last.value) exchange(form, tagger().querySelector("[value=find]"));
  }, 300);
}
document.addEventListener("input", ({ target }) =>
  target.id === "find" ? look(target.form) : target.closest(".maker") && changed());

// What is not saved is said, and asked about before one leaves; a form that came back is not saved.
let unsaved = Boolean(document.querySelector("[data-unsaved]"));
function changed() {
  const line = document.querySelector("[data-changed]");
  if (line) line.textContent = line.dataset.changed;
  unsaved = Boolean(line);
}
addEventListener("beforeunload", (event) => unsaved && event.preventDefault());

// "Replace" and "Picture" ask for files at once: without the script they open the field.
document.addEventListener("click", (event) => {
  const summary = event.target.closest("[data-ask]:not([open]) > summary");
  if (!summary) return;
  event.preventDefault();
  summary.parentElement.querySelector("input").click();
});
document.addEventListener("change", ({ target }) => {
  if (target.closest("[data-ask]") && target.files.length) exchange(target.form, target.closest("[data-ask]").querySelector("button"));
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented) return;
  const enter = button.value === "enter" && document.activeElement?.id === "find";
  const op = enter ? tagger()?.querySelector("[value=find]") : button.matches(OPS) && button;
  if ("plain" in button.dataset || !op || !event.target.querySelector("[data-tagger]")) {
    delete button.dataset.plain;
    if (event.target.matches(".maker")) unsaved = false;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  exchange(event.target, op);
}, true);

document.addEventListener("click", (event) => {
  const dot = event.target.closest("[data-tagger] a.dot");
  if (dot) {
    event.preventDefault();
    choose(dot);
    return;
  }
  const on = event.target.closest("[data-tagger] [data-points-on]");
  const find = document.getElementById("find");
  if (!on || !find || !event.detail) return;
  const box = on.getBoundingClientRect();
  const share = (at, from, size) => Math.min(100, Math.max(0, Math.round(((at - from) / size) * 100)));
  const [x, y] = [share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)];
  const form = find.form;
  form.elements.at_x.value = x;
  form.elements.at_y.value = y;
  const mark = on.querySelector("[data-new]");
  mark.hidden = false;
  mark.style.insetInlineStart = `${x}%`;
  mark.style.insetBlockStart = `${y}%`;
  find.focus({ preventScroll: matchMedia("(width>=700px)").matches });
});

// The chosen tag is open in the list and marked on the picture.
function choose(dot) {
  const item = document.querySelector(dot.getAttribute("href"));
  for (const one of tagger().querySelectorAll(".dot[aria-current]")) one.removeAttribute("aria-current");
  dot.setAttribute("aria-current", "true");
  for (const one of tagger().querySelectorAll("#tags details")) one.open = one === item;
}
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("#tags details") || !event.target.open) return;
  const dot = tagger().querySelector(`.dot[href="#${event.target.id}"]`);
  if (dot && !dot.hasAttribute("aria-current")) choose(dot);
}, true);

wake(document);
document.addEventListener("fragment", (event) => wake(event.detail.root));
