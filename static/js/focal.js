// Points on a picture: chosen on it, dragged, moved by arrow keys or by buttons, typed as numbers.
// All four move the same two number fields, which are what is posted. Used for focal points and tags.
const UNITS = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};
const whole = (share) => Math.min(100, Math.max(0, Math.round(share)));
const all = (root, name, key) => root.querySelectorAll(`[${name}="${CSS.escape(key)}"]`);
const field = (axis, key) => document.querySelector(`[data-point-${axis}="${CSS.escape(key)}"]`);

// Where the point is now, in percent.
const placeOf = (key) => [Number(field("x", key)?.value), Number(field("y", key)?.value)];

// Put a point somewhere: its numbers, its mark, and the crops that follow it.
function put(key, x, y, typed = false) {
  const [across, down] = [whole(x), whole(y)];
  if (!typed) {
    field("x", key).value = across;
    field("y", key).value = down;
  }
  for (const mark of all(document, "data-point", key)) {
    mark.style.insetInlineStart = `${across}%`;
    mark.style.insetBlockStart = `${down}%`;
  }
  for (const crop of all(document, "data-crop-of", key)) {
    const image = crop.querySelector("img");
    if (image) image.style.objectPosition = `${across}% ${down}%`;
  }
}

// The share of the picture under a pointer.
function shareAt(on, event) {
  const box = on.getBoundingClientRect();
  return [
    whole(((event.clientX - box.left) / box.width) * 100),
    whole(((event.clientY - box.top) / box.height) * 100),
  ];
}

function step(key, way, by) {
  const [x, y] = placeOf(key);
  put(key, x + UNITS[way][0] * by, y + UNITS[way][1] * by);
}

// One listener each for the whole page: points come and go with fragments.
document.addEventListener("input", (event) => {
  const key = event.target.dataset?.pointX || event.target.dataset?.pointY;
  if (key && event.target.validity.valid && event.target.value) put(key, ...placeOf(key), true);
});

document.addEventListener("keydown", (event) => {
  const mark = event.target.closest?.("[data-point]");
  const way = event.key.startsWith("Arrow") && event.key.slice(5).toLowerCase();
  if (!mark || !UNITS[way]) return;
  event.preventDefault();
  step(mark.dataset.point, way, event.shiftKey ? 10 : 1);
});

document.addEventListener("click", (event) => {
  const nudge = event.target.closest("[data-nudge]");
  if (nudge) return step(nudge.dataset.of, nudge.dataset.nudge, event.shiftKey ? 10 : 1);
  const on = event.target.closest("[data-points=one] [data-points-on]");
  if (on && event.detail) put(on.querySelector("[data-point]").dataset.point, ...shareAt(on, event));
});

document.addEventListener("pointerdown", (event) => {
  const mark = event.target.closest("[data-point]");
  const on = mark?.closest("[data-points-on]");
  if (!on || event.button) return;
  let moved = false;
  const from = [event.clientX, event.clientY];
  const move = (at) => {
    // A tremor is no drag.
    moved ||= Math.hypot(at.clientX - from[0], at.clientY - from[1]) > 4;
    if (moved) put(mark.dataset.point, ...shareAt(on, at));
  };
  const end = () => {
    mark.removeEventListener("pointermove", move);
    // The click that ends a drag follows no link and chooses no place.
    if (moved) {
      const stop = (click) => (click.preventDefault(), click.stopImmediatePropagation());
      addEventListener("click", stop, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", stop, { capture: true }));
    }
  };
  mark.setPointerCapture(event.pointerId);
  mark.addEventListener("pointermove", move);
  mark.addEventListener("pointerup", end, { once: true });
  mark.addEventListener("pointercancel", end, { once: true });
});
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("[data-points-on]")) event.preventDefault();
});

// What only the script can do appears with it: the arrows, and marks that take the focus.
function wake(root) {
  for (const nudge of root.querySelectorAll(".nudge[hidden]")) nudge.hidden = false;
  for (const mark of root.querySelectorAll("span[data-point]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = mark.className;
    button.dataset.point = mark.dataset.point;
    button.setAttribute("aria-label", mark.dataset.label);
    mark.replaceWith(button);
  }
}
wake(document);
document.addEventListener("fragment", (event) => wake(event.detail.root));
