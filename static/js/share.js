// The browser's own way to share where it has one; else its menu offers to copy the address.
for (const menu of document.querySelectorAll("details[data-share]")) {
  const { share: url, title, copied } = menu.dataset;
  menu.querySelector("[data-js]").hidden = false;
  menu.querySelector("summary").addEventListener("click", (event) => {
    if (!navigator.share || !matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    navigator.share({ title, url }).catch(() => {});
  });
  menu.querySelector("[data-copy]").addEventListener("click", async () => {
    const field = menu.querySelector("input");
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      field.select();
      document.execCommand("copy");
    }
    menu.open = false;
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: copied } }));
  });
}
