// Naming people while writing: "@ma" narrows the list of people one follows, a choice goes into the
// text. Without this module the same boxes are ticked and the server puts the names in.
for (const form of document.querySelectorAll("form[data-mention]")) {
  const text = form.querySelector("textarea");
  const list = form.querySelector(".talk__people");
  if (!list) continue;
  const chips = [...list.querySelectorAll("[data-handle]")];
  const typed = () => /(^|\s)@([\w.-]*)$/.exec(text.value.slice(0, text.selectionStart));

  text.addEventListener("input", () => {
    const found = typed();
    const begun = found?.[2].toLowerCase() ?? "";
    for (const chip of chips) {
      chip.hidden = !chip.textContent.toLowerCase().includes(begun);
    }
    if (found) list.open = true;
  });

  list.addEventListener("change", (event) => {
    event.target.checked = false;
    const { handle } = event.target.closest("[data-handle]").dataset;
    const at = text.selectionStart;
    const from = typed() ? text.value.lastIndexOf("@", at - 1) : at;
    const space = from && !/\s$/.test(text.value.slice(0, from)) ? " " : "";
    text.setRangeText(`${space}@${handle} `, from, at, "end");
    for (const chip of chips) chip.hidden = false;
    list.open = false;
    text.focus();
  });
}
