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
    if (!input.files.length || event.defaultPrevented || form.dataset.plain) return;
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "1";
    const bar = field.querySelector(".upload__bar");
    bar.hidden = false;
    const request = new XMLHttpRequest();
    const ready = () => {
      bar.hidden = true;
      delete form.dataset.sent;
    };
    // Once more without us, by the same button: the browser says what is wrong with the network.
    const plainly = () => {
      ready();
      form.dataset.plain = "1";
      form.requestSubmit(event.submitter);
    };
    request.upload.addEventListener("progress", (part) => {
      if (part.lengthComputable) bar.value = part.loaded / part.total;
    });
    const rest = import(field.dataset.upload).catch(() => null);
    request.addEventListener("load", async () => {
      const module = await rest;
      if (module) module.answered(request, ready);
      else if (request.status < 400) location.assign(request.responseURL);
      else plainly();
    });
    request.addEventListener("error", plainly);
    request.open("POST", event.submitter?.formAction || form.action);
    request.send(new FormData(form, event.submitter));
  });
}
