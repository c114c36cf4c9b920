// A list that is worked through by keyboard: j and k go from row to row, x ticks one, Enter follows the
// link that is reached, f goes to the list's own search. And one box for all rows of the page.
const table = document.querySelector("[data-rows]");
const boxes = [...(table?.querySelectorAll(".pickbox .check") ?? [])];
const all = document.querySelector("[data-all]");

function show() {
  if (!all) return;
  const ticked = boxes.filter((box) => box.checked).length;
  const box = all.querySelector("input");
  box.checked = ticked > 0 && ticked === boxes.length;
  box.indeterminate = ticked > 0 && ticked < boxes.length;
}

function move(way) {
  const rows = [...table.tBodies[0].rows];
  const at = rows.indexOf(document.activeElement.closest?.("[data-rows] tbody tr"));
  const row = at < 0 ? rows[way > 0 ? 0 : rows.length - 1] : rows[at + way];
  if (!row) return;
  const target = row.querySelector(".lead a, a") ?? row;
  if (target === row) row.tabIndex = -1;
  target.focus();
  row.scrollIntoView({ block: "nearest" });
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => document.activeElement.closest?.("[data-rows] tr")?.querySelector(".pickbox .check")?.click(),
  f: () => document.querySelector(".filters .finder input")?.select(),
};

if (table) {
  document.addEventListener("letter", (event) => {
    if (!KEYS[event.detail]) return;
    event.preventDefault();
    KEYS[event.detail]();
  });
  const keys = document.querySelector("[data-keys-line]");
  if (keys) keys.hidden = document.documentElement.dataset.keys === "off";
}

if (all && boxes.length) {
  all.hidden = false;
  document.querySelector("[data-all-link]").hidden = true;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.querySelector("input").checked;
    show();
  });
  table.addEventListener("change", show);
  // Back keeps what was ticked.
  addEventListener("pageshow", show);
  show();
}
