// A chosen picture is shown before it is sent, and sending it shows how far it is.
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
      if (request.status < 400) {
        location.assign(request.responseURL);
        return;
      }
      // The form came back with its problems: show the page as it was answered.
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
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
