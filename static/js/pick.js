// "New pin" asks for the picture at once: the page in between is for browsers without a script.
for (const link of document.querySelectorAll("[data-pick]")) {
  const form = document.getElementById(link.dataset.pick);
  const input = form.querySelector("input[type=file]");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    input.click();
  });
  input.addEventListener("change", () => {
    if (input.files.length) form.requestSubmit();
  });
}
