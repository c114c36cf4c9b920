// Several pictures at once, each on its own way: how far it is, what became of it, and another try
// with the file that was chosen. Without this module the form posts all of them together.
const form = document.querySelector("[data-uploads]");
const input = form.querySelector("input[type=file]");
const list = form.querySelector(".sent");
const words = form.dataset;
const waiting = [];
let busy = false;
let made = [];

function line(file) {
  const row = document.createElement("li");
  // In the place of what is no picture: each part of the line keeps its column.
  const blank = document.createElement("span");
  blank.className = "nopic";
  const image = document.createElement("img");
  image.alt = "";
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  image.addEventListener("error", () => image.replaceWith(blank), { once: true });
  const middle = document.createElement("div");
  const name = document.createElement("b");
  name.className = "sm";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const state = document.createElement("p");
  state.className = "xs muted";
  state.textContent = words.waiting;
  middle.append(name, bar, state);
  const end = document.createElement("span");
  row.append(image, middle, end);
  list.append(row);
  return { file, row, bar, state, end };
}

function say(one, text) {
  const fresh = document.createElement("p");
  fresh.className = "xs muted";
  fresh.textContent = text;
  put(one, fresh);
}

// As any field of a form says what is wrong with it.
function complain(one, text) {
  const fresh = document.getElementById("wrong").content.firstElementChild.cloneNode(true);
  fresh.removeAttribute("id");
  fresh.lastElementChild.append(text);
  put(one, fresh);
}

function put(one, state) {
  one.state.replaceWith(state);
  one.state = state;
}

function refused(one, text, again) {
  complain(one, text);
  one.bar.hidden = true;
  if (!again) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--s";
  button.textContent = words.again;
  button.addEventListener("click", () => {
    one.end.replaceChildren();
    one.bar.hidden = false;
    one.bar.value = 0;
    say(one, words.waiting);
    waiting.push(one);
    next();
  });
  one.end.replaceChildren(button);
}

function done(one, answer) {
  one.bar.hidden = true;
  say(one, words.done);
  const link = document.createElement("a");
  link.className = "btn btn--s";
  link.href = answer.edit;
  link.textContent = words.edit;
  one.end.replaceChildren(link);
  made.push(answer.edit);
}

function send(one) {
  return new Promise((over) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("pictures", one.file);
    const request = new XMLHttpRequest();
    say(one, words.sending);
    request.upload.addEventListener("progress", (part) => {
      if (!part.lengthComputable) return;
      one.bar.value = part.loaded / part.total;
      if (part.loaded === part.total) say(one, words.reading);
    });
    request.addEventListener("load", () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // A proxy's page, not ours.
      }
      if (answer.edit) done(one, answer);
      else {
        const text = answer.text || answer.detail || words.failed;
        refused(one, text, request.status >= 500 || request.status === 429 || !answer.text);
      }
      over();
    });
    request.addEventListener("error", () => (refused(one, words.failed, true), over()));
    request.open("POST", form.action);
    request.setRequestHeader("X-Fragment", "upload");
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  });
}

async function next() {
  if (busy) return;
  busy = true;
  while (waiting.length) await send(waiting.shift());
  busy = false;
  const left = list.querySelector(".field__err");
  // One picture wants to be described; of several one sees first that all are there.
  if (made.length === 1 && list.children.length === 1 && !left) location.assign(made[0]);
  else form.querySelector("[data-after]").hidden = !made.length;
}

function take(files) {
  if (!busy && !list.querySelector(".field__err")) {
    list.replaceChildren();
    made = [];
  }
  for (const file of files) waiting.push(line(file));
  input.value = "";
  next();
}

input.addEventListener("change", () => input.files.length && take([...input.files]));
form.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.dataset.over = "";
});
form.addEventListener("dragleave", () => delete form.dataset.over);
form.addEventListener("drop", (event) => {
  event.preventDefault();
  delete form.dataset.over;
  take([...event.dataTransfer.files].filter((file) => file.size));
});
