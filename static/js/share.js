// The browser's own way to share where it has one; else its menu offers to copy the address.
// Answers whether it could: if not, the address stands there to be copied by hand.
async function copy(field, text) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.hidden = false;
    field.select();
    if (!document.execCommand("copy")) return false;
  }
  document.dispatchEvent(new CustomEvent("toast", { detail: { text } }));
  return true;
}

for (const menu of document.querySelectorAll("details[data-share]")) {
  const { share: url, title, copied } = menu.dataset;
  menu.querySelector("[data-js]").hidden = false;
  menu.querySelector("summary").addEventListener("click", (event) => {
    if (!navigator.share || !matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    navigator.share({ title, url }).catch(() => {});
  });
  menu.querySelector("[data-copy]").addEventListener("click", async () => {
    if (await copy(menu.querySelector("input"), copied)) menu.open = false;
  });
}

// A field becomes a button that copies it; where it stays, the button stands beside it.
for (const box of document.querySelectorAll("[data-copies]")) {
  const [label, field, button] = box.children;
  button.hidden = false;
  label.hidden = field.hidden = !("stays" in box.dataset);
  button.addEventListener("click", () => copy(field, box.dataset.copies));
}
