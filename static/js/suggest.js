// Suggestions under the search box: a combobox as ARIA 1.2 describes it. Focus stays in the box, the
// arrows move along the list, Enter searches unless something is chosen, Escape closes. Without this
// module Enter just searches. What was searched before never leaves the browser: a guest's is gone
// with the tab, a member's is kept under their own name until they log out or have it forgotten.
const form = document.querySelector(".search[data-suggest]");
if (form) watch(form, form.querySelector("input"));

function memory(who) {
  const key = `searches:${who}`;
  try {
    const store = who ? localStorage : sessionStorage;
    if (!who) {
      for (const one of Object.keys(localStorage)) {
        if (one.startsWith("searches:")) localStorage.removeItem(one);
      }
    }
    return {
      read: () => JSON.parse(store.getItem(key) ?? "[]"),
      add(text) {
        const rest = this.read().filter((one) => one.text !== text);
        store.setItem(key, JSON.stringify([{ text, at: Date.now() }, ...rest].slice(0, 8)));
      },
      clear: () => store.removeItem(key),
    };
  } catch {
    return { read: () => [], add() {}, clear() {} }; // the browser keeps nothing
  }
}

function when(at) {
  if (new Date(at).toDateString() === new Date().toDateString())
    return new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" }).format(
      0,
      "day",
    );
  const recent = Date.now() - at < 6 * 864e5;
  const shape = recent ? { weekday: "short" } : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang, shape).format(at);
}

function watch(form, input) {
  const { suggest: address, who, some, none } = form.dataset;
  const mine = memory(who);
  const box = Object.assign(document.createElement("div"), { className: "suggest", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "vh" });
  said.setAttribute("role", "status");
  const veil = Object.assign(document.createElement("div"), { className: "veil", hidden: true });
  form.append(box, said);
  document.body.append(veil);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "suggest-list",
    "aria-autocomplete": "list",
  }))
    input.setAttribute(name, value);

  let asked, timer, options, at;

  const choose = (index) => {
    at = index;
    options?.forEach((one, place) => one.setAttribute("aria-selected", String(place === index)));
    const chosen = options?.[index];
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  };
  const open = (yes) => {
    box.hidden = veil.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(-1);
  };
  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    open(false);
  };

  function remembered(text) {
    const pattern = box.querySelector("template[data-recent]").content.firstElementChild;
    const begun = text.toLowerCase();
    const fitting = mine.read().filter((one) => one.text.toLowerCase().startsWith(begun));
    const others = [...box.querySelectorAll("[data-query]")].map((one) => one.dataset.query);
    return fitting
      .filter((one) => one.text.toLowerCase() !== begun && !others.includes(one.text))
      .slice(0, text ? 2 : 6)
      .map((one) => {
        const option = pattern.cloneNode(true);
        const [words, note] = option.querySelectorAll("span");
        option.href = `${option.pathname}?${new URLSearchParams({ q: one.text })}`;
        option.dataset.query = one.text;
        const mark = document.createElement("mark");
        mark.textContent = one.text.slice(0, text.length);
        words.replaceChildren(mark, one.text.slice(text.length));
        note.textContent += `, ${when(one.at)}`;
        return option;
      });
  }

  function show(html, text) {
    box.innerHTML = html;
    const sheet = box.querySelector("link");
    const group = box.querySelector("[data-searches]");
    group.append(...remembered(text));
    group.hidden = group.childElementCount < 2;
    box.querySelector("[data-forget]").hidden = !mine.read().length;
    options = [...box.querySelectorAll("[role=option]")];
    options.forEach((one, place) => (one.id = `suggest-${place}`));
    choose(-1);
    const ready = () => open(options.length > 0 && form.contains(document.activeElement));
    if (document.head.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) {
      sheet.remove();
      ready();
    } else {
      sheet.addEventListener("load", ready);
      document.head.append(sheet);
    }
    said.textContent = options.length ? some.replace("{}", options.length) : text ? none : "";
  }

  async function ask() {
    const text = input.value.trim().replace(/\s+/g, " ");
    asked?.abort();
    asked = new AbortController();
    try {
      const query = new URLSearchParams({ q: text.length > 1 ? text : "" });
      const answer = await fetch(`${address}?${query}`, { signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.text(), text);
    } catch (error) {
      if (error.name !== "AbortError") open(false); // searching works as ever
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 160);
  });
  input.addEventListener("focus", () => {
    if (input.value.trim() || mine.read().length) timer = setTimeout(ask, 60);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const shown = !box.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown) return void ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const many = options.length + 1; // behind the last one is the box itself
      choose(((at + 1 + step + many) % many) - 1);
    } else if (event.key === "Enter" && shown && at >= 0) {
      event.preventDefault();
      options[at].click();
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      close();
    }
  });
  // A press on the list must not take the focus out of the box before it is a click.
  box.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[data-query]");
    if (option) mine.add(option.dataset.query);
    if (!event.target.closest("[data-forget]")) return;
    mine.clear();
    input.focus();
    ask();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("submit", (event) => {
    const text = event.target.matches("[role=search]") && event.target.elements.q?.value.trim();
    if (text) mine.add(text);
  });
}
