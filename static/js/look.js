// The preview follows the colours while they are chosen: the style sheet of two colours has an
// address that names them, so another one is only another link.
const sheet = document.getElementById("brand-style");
const named = (name) => document.querySelector(`[name="${name}"]`);

function colour(name) {
  return named(`own_${name}`).checked ? named(name).value.slice(1).toLowerCase() : "none";
}

function show() {
  sheet.href = sheet.href.replace(/[^/]+\.css$/, `${colour("accent")}-${colour("ground")}.css`);
}

// Headings as well.
for (const one of document.querySelectorAll("[name=typeface]"))
  one.addEventListener("change", () => {
    const sample = document.querySelector("[data-typed]");
    sample.className = sample.className.replace(/ type-\w+|$/, one.value && ` type-${one.value}`);
  });

if (sheet && named("accent")) {
  for (const name of ["accent", "ground"]) {
    named(name).addEventListener("change", () => {
      named(`own_${name}`).checked = true;
      show();
    });
    named(`own_${name}`).addEventListener("change", show);
  }
}
