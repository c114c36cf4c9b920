// A chosen picture is shown before it is sent, and sending it shows how far it is.

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

for (const field of document.querySelectorAll("[data-upload]")) {
  const input = field.querySelector("input[type=file]");
  const preview = field.querySelector(".upload__preview");
  let address;
  input.addEventListener("change", () => {
    if (address) URL.revokeObjectURL(address);
    const file = input.files[0];
    preview.hidden = !file?.type.startsWith("image/");
    if (preview.hidden) return;
    address = URL.createObjectURL(file);
    preview.src = address;
  });
  // Sent already by a page that does not wait for its form.
  input.addEventListener("emptied", () => (preview.hidden = true));
  preview.addEventListener("error", () => (preview.hidden = true));

  input.form?.addEventListener("submit", (event) => {
    const form = event.target;
    if (!input.files.length || event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "1";
    const bar = field.querySelector(".upload__bar");
    bar.hidden = false;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (part) => {
      if (part.lengthComputable) bar.value = part.loaded / part.total;
    });
    request.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      if (request.status < 400) {
        carry(page);
        location.assign(request.responseURL);
        return;
      }
      // The form came back with its problems: show the page as it was answered.
      document.title = page.title;
      document.querySelector("main").replaceWith(page.querySelector("main"));
      document.querySelector(".errs")?.focus();
    });
    request.addEventListener("error", () => {
      bar.hidden = true;
      delete form.dataset.sent;
      HTMLFormElement.prototype.submit.call(form);
    });
    request.open("POST", event.submitter?.formAction || form.action);
    request.send(new FormData(form, event.submitter));
  });
}
