// What an upload does when it was answered. Loaded while the files are on their way (upload.js).

// What the answer says was said to this request alone: the page that follows says it (toast.js).
function carry(page) {
  const said = [...page.querySelectorAll(".toasts .toast")].map((toast) => ({
    text: toast.querySelector("span").textContent,
    undo: toast.querySelector("[formaction]")?.getAttribute("formaction"),
    bad: toast.classList.contains("toast--bad"),
  }));
  try {
    sessionStorage.setItem("parley:said", JSON.stringify(said));
  } catch {
    // The page shows what was done; only the words about it are missing.
  }
}

export function answered(request, ready) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  if (request.status < 400) {
    carry(page);
    location.assign(request.responseURL);
  } else if (request.status === 422) {
    // The form came back with its problems: show the page as it was answered.
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.querySelector(".errs")?.focus();
  } else {
    // Something on the way refused it: what is typed stays. Our own pages say why in their
    // heading; a proxy's page is not for people.
    ready();
    const text =
      page.querySelector("main h1")?.textContent.trim() ||
      document.querySelector(".toasts").dataset.failed;
    document.dispatchEvent(new CustomEvent("toast", { detail: { text, bad: true } }));
  }
}
