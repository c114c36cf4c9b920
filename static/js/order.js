// A list whose order matters: [data-order] holds [data-item]s. A grip is dragged by mouse or finger,
// [data-move] buttons (-1, 1, first) do the same for everybody else. Without this module they send the
// form, and the server moves. The order of the fields in the page is what is posted.
const itemsOf = (list) => [...list.querySelectorAll(":scope > [data-item]")];

function place(list, item, before) {
  if (before === item || item.nextElementSibling === before) return;
  list.insertBefore(item, before);
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

function say(list, item) {
  const box = list.parentElement.querySelector("[data-order-says]");
  const all = itemsOf(list);
  if (box)
    box.textContent = list.dataset.said
      .replace("{}", all.indexOf(item) + 1)
      .replace("{}", all.length);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  const list = button?.closest("[data-order]");
  if (!list) return;
  event.preventDefault();
  const item = button.closest("[data-item]");
  const all = itemsOf(list);
  const at = all.indexOf(item);
  const by = button.dataset.move;
  const to = by === "first" ? 0 : Math.min(all.length - 1, Math.max(0, at + Number(by)));
  if (to !== at) place(list, item, to > at ? all[to].nextElementSibling : all[to]);
  button.focus();
  say(list, item);
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  const list = grip?.closest("[data-order]");
  if (!list || event.button) return;
  const item = grip.closest("[data-item]");
  const from = [event.clientX, event.clientY];
  let dragging = false;
  const move = (at) => {
    if (!dragging && Math.hypot(at.clientX - from[0], at.clientY - from[1]) < 8) return;
    if (!dragging) grip.setPointerCapture(event.pointerId);
    dragging = true;
    item.dataset.dragged = "";
    const under = document.elementFromPoint(at.clientX, at.clientY)?.closest("[data-item]");
    if (!under || under === item || under.parentElement !== list) return;
    const all = itemsOf(list);
    place(list, item, all.indexOf(under) > all.indexOf(item) ? under.nextElementSibling : under);
  };
  const end = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    delete item.dataset.dragged;
    if (!dragging) return;
    say(list, item);
    // The click that ends a drag chooses nothing.
    const stop = (click) => (click.preventDefault(), click.stopImmediatePropagation());
    addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", stop, { capture: true }));
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
});
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("[data-grip]")) event.preventDefault();
});
