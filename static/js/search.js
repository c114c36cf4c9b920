// "/" goes to the search box from anywhere but a text field.
document.addEventListener("letter", (event) => {
  if (event.detail !== "/") return;
  event.preventDefault();
  document.querySelector(".search input")?.select();
});

// A menu closes when the eye goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
