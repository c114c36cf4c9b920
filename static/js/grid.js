// A table that is typed into like a sheet: arrow keys go from cell to cell, Ctrl+D takes over what stands
// above, Ctrl+S presses the page's [data-save].
const cellsOf = (row) => [...row.querySelectorAll("td :is(.cell, .check)")];

function step(cell, down, right) {
  const row = cell.closest("tr");
  const rows = [...row.parentElement.rows];
  const column = cellsOf(row).indexOf(cell) + right;
  const next = rows[rows.indexOf(row) + down];
  const target = next && cellsOf(next)[column];
  target?.focus();
  target?.select?.();
  return target;
}

function atEdge(cell, right) {
  if (cell.tagName !== "INPUT" || cell.type === "checkbox") return true;
  const end = right > 0 ? cell.value.length : 0;
  const all = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  return all || (cell.selectionStart === end && cell.selectionEnd === end);
}

const WAYS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "s") {
    event.preventDefault();
    const save = document.querySelector("[data-save]");
    save?.form.requestSubmit(save);
    return;
  }
  const cell = event.target.closest?.("[data-grid] :is(.cell, .check)");
  if (!cell) return;
  if (command && event.key.toLowerCase() === "d") {
    event.preventDefault();
    const row = cell.closest("tr").previousElementSibling;
    const above = row && cellsOf(row)[cellsOf(cell.closest("tr")).indexOf(cell)];
    if (!above) return;
    if (cell.type === "checkbox") cell.checked = above.checked;
    else cell.value = above.value;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  const way = WAYS[event.key];
  if (!way || command || event.altKey || event.shiftKey) return;
  // A select keeps its own arrows up and down.
  if (cell.tagName === "SELECT" && way[0]) return;
  if (way[1] && !atEdge(cell, way[1])) return;
  if (step(cell, ...way)) event.preventDefault();
});
