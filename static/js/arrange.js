// Order of pins: the arrows without a new page, and dragging by the dots, by mouse and by finger.
// Without this module each arrow posts its form and the page comes back with the pin at its place.
const form = document.querySelector("form[data-arrange]");
const list = form?.querySelector(".order");
const says = form?.querySelector("[data-moved]");
const say = (detail) => document.dispatchEvent(new CustomEvent("toast", { detail }));

function number() {
  const rows = [...list.children];
  rows.forEach((row, at) => {
    row.querySelector("[data-place]").textContent = at + 1;
    const [earlier, later] = row.querySelectorAll("button[name=move]");
    earlier.toggleAttribute("aria-disabled", !at);
    later.toggleAttribute("aria-disabled", at === rows.length - 1);
    for (const button of [earlier, later]) {
      const label = button.getAttribute("aria-label");
      button.setAttribute("aria-label", label.replace(/\d+(\D+\d+)$/, `${at + 1}$1`));
    }
  });
}

// A long list begins short; whoever reaches its end by the arrows sees the rest.
function unfold(row) {
  if (row && !row.nextElementSibling?.hidden) return;
  for (const one of list.children) one.hidden = false;
  form.querySelector("[data-rest]").hidden = true;
}

function mark(row) {
  list.querySelector(".moved")?.classList.remove("moved");
  row.classList.add("moved");
  number();
}

// The order is shown at once; a refusal puts it back as it was.
async function post(row, fields, before) {
  mark(row);
  const body = new FormData(form);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { "X-Fragment": "act", Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(answer.status);
    says.textContent = `${(await answer.json()).text} ${says.dataset.drag}`;
  } catch {
    list.append(...before);
    mark(row);
    say({ text: document.querySelector(".toasts").dataset.failed, bad: true });
  }
}

list?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=move]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("li");
  unfold(row);
  const [way] = button.value.split(":");
  const other = way === "earlier" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  const before = [...list.children];
  other[way === "earlier" ? "before" : "after"](row);
  button.focus();
  post(row, { move: button.value }, before);
});

// So near to an edge of what can be seen the page goes on by itself, the nearer the faster.
const EDGE = 80;
const FASTEST = 14;

// How far the page goes on in one frame for a pointer at this height.
function pull(y) {
  const above = Math.max(0, document.querySelector(".bar").getBoundingClientRect().bottom);
  const dock = document.querySelector(".dock")?.getBoundingClientRect();
  const below = dock?.height ? dock.top : window.innerHeight;
  const beyond = Math.min(0, y - above - EDGE) || Math.max(0, y - below + EDGE);
  return Math.max(-1, Math.min(1, beyond / EDGE)) * FASTEST;
}

// The row is moved while it is dragged, and loses the pointer by that: the document listens.
function drag(row, { clientX, clientY }) {
  const before = [...list.children];
  const until = new AbortController();
  let [x, y] = [clientX, clientY];
  row.classList.add("lifted");
  const place = () => {
    const over = document.elementFromPoint(x, y)?.closest(".order > li");
    if (!over || over === row) return;
    const box = over.getBoundingClientRect();
    over[y < box.top + box.height / 2 ? "before" : "after"](row);
  };
  const glide = () => {
    if (until.signal.aborted) return;
    const step = pull(y);
    if (step && (step < 0 ? row.previousElementSibling : row.nextElementSibling)) {
      window.scrollBy({ top: step, behavior: "instant" });
      place();
    }
    requestAnimationFrame(glide);
  };
  const move = (event) => {
    [x, y] = [event.clientX, event.clientY];
    place();
  };
  const end = ({ type }) => {
    until.abort();
    row.classList.remove("lifted");
    if (type === "pointercancel") return list.append(...before);
    if (before.every((one, at) => one === list.children[at])) return;
    const ahead = row.previousElementSibling;
    const beside = (ahead ?? row.nextElementSibling).dataset.pin;
    post(row, { pin: row.dataset.pin, beside, behind: ahead ? "1" : "0" }, before);
  };
  const { signal } = until;
  document.addEventListener("pointermove", move, { signal });
  for (const type of ["pointerup", "pointercancel"]) {
    document.addEventListener(type, end, { signal });
  }
  requestAnimationFrame(glide);
}

if (list) {
  const rest = form.querySelector("[data-rest]");
  if (rest) {
    const later = [...list.children].slice(rest.dataset.rest);
    // What came back ticked is not put out of sight.
    rest.hidden = later.some((row) => row.querySelector(":checked"));
    for (const row of later) row.hidden = !rest.hidden;
    rest.addEventListener("click", () => {
      const next = list.querySelector("[hidden]");
      unfold();
      next.focus();
    });
  }
  says.textContent = says.dataset.drag;
  for (const grip of list.querySelectorAll("[data-grip]")) {
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      drag(grip.closest("li"), event);
    });
  }
}
