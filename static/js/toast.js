// Messages with a way back. Others ask for one by the event "toast": {text, undo: function | address,
// other, join: where to go}. Without this module the server's messages still stand.
const box = document.querySelector(".toasts");
const LIFE = 6000;

function arm(toast, undo) {
  const close = toast.querySelector("[data-close]");
  const leave = () => toast.remove();
  let timer = setTimeout(leave, LIFE);
  // Whoever reads or aims at it is not hurried.
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("focusin", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => (timer = setTimeout(leave, LIFE)));
  if (close) {
    close.hidden = false;
    close.addEventListener("click", leave);
  }
  if (undo) toast.querySelector("[data-undo]")?.addEventListener("click", () => (undo(), leave()));
}

function say({ text, undo, other, join, bad }) {
  const toast = document.createElement("div");
  toast.className = bad ? "toast toast--bad" : "toast";
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  if (other || join) {
    const link = document.createElement("a");
    link.textContent = join ? box.dataset.join : box.dataset.other;
    link.href = `${join || other}?next=${encodeURIComponent(location.pathname + location.search)}`;
    toast.append(link);
  }
  if (undo) {
    const back = document.createElement("button");
    back.textContent = box.dataset.undo;
    if (typeof undo === "string") {
      back.setAttribute("form", "act");
      back.setAttribute("formaction", undo);
    } else {
      back.type = "button";
      back.dataset.undo = "";
    }
    toast.append(back);
  }
  while (box.children.length > 2) box.firstElementChild.remove();
  box.append(toast);
  arm(toast, typeof undo === "function" ? undo : null);
}

if (box) {
  box.querySelectorAll(".toast").forEach((toast) => arm(toast));
  document.addEventListener("toast", (event) => say(event.detail));
  try {
    // Said to an upload that led here.
    for (const one of JSON.parse(sessionStorage.getItem("parley:said")) ?? []) say(one);
    sessionStorage.removeItem("parley:said");
  } catch {
    // Nothing was kept.
  }
}
