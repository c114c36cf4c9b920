// What is wrong with a field is said when it is left, in the words and the line of the form itself
// (data-<what the browser found>). Nobody is interrupted while they type; what is mended is let be.
const WRONG = ["valueMissing", "typeMismatch", "badInput", "rangeUnderflow", "rangeOverflow"];
const typed = new WeakSet([document.activeElement]);
const left = new Set();
let pressed = false;

function wrong({ validity, dataset }) {
  return dataset[WRONG.find((what) => validity?.[what])] ?? "";
}

function look(input) {
  const field = input.closest(".field");
  const known = Object.keys(input.dataset).some((what) => WRONG.includes(what));
  if (!field || !known) return;
  const text = wrong(input);
  const line = field.querySelector(".field__err");
  if (line?.lastElementChild.lastChild.textContent === text) return;
  line?.remove();
  const id = `${input.id}_error`;
  const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  field.classList.toggle("field--bad", text !== "");
  if (text) {
    const fresh = document.getElementById("wrong").content.firstElementChild.cloneNode(true);
    fresh.id = id;
    fresh.lastElementChild.append(text);
    (input.closest(".reveal") ?? input).before(fresh);
    input.setAttribute("aria-invalid", "true");
    others.push(id);
  } else input.removeAttribute("aria-invalid");
  if (others.length) input.setAttribute("aria-describedby", others.join(" "));
  else input.removeAttribute("aria-describedby");
}

// What was said of the words in a field ([data-advice] names it) holds for these words alone.
function hold({ id, value, defaultValue }) {
  const said = id && document.querySelector(`[data-advice="${CSS.escape(id)}"]`);
  if (said) said.hidden = value.trim() !== defaultValue.trim();
}
for (const said of document.querySelectorAll("[data-advice]")) hold(document.getElementById(said.dataset.advice));

document.addEventListener("input", ({ target }) => {
  typed.add(target);
  hold(target);
  if (target.closest(".field--bad") && !wrong(target)) look(target);
});
// A line that comes while something is being pressed would push it away from under the finger.
document.addEventListener("focusout", ({ target }) => {
  if (!typed.has(target)) return;
  if (pressed) left.add(target);
  else look(target);
});
document.addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"])
  document.addEventListener(end, () =>
    setTimeout(() => {
      pressed = false;
      left.forEach(look);
      left.clear();
    }),
  );
