// What was typed and not saved comes back into its form: the editor imports this when there is a draft.
function fill(form, draft, typed) {
  const values = new Map();
  for (const [name, value] of draft.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || ["file", "submit", "button"].includes(field.type)) continue;
    // Ids of pictures and products: the server has drawn them.
    if (["csrfmiddlewaretoken", "kept", "product"].includes(field.name)) continue;
    if (typed.has(field.name)) continue;
    const kept = values.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = kept.includes(field.value);
    // Fields of one name take what was kept in their order.
    else if (kept.length) field.value = kept.length > 1 ? kept.shift() : kept[0];
  }
}

const isChanged = ({ type, value, defaultValue }) =>
  /^(text|number|url|search)/.test(type) && value !== defaultValue;

// A moment as pages write theirs: Thu 26 Nov, 10:46 in the zone of the site, with the year of another.
function moment(at, timeZone) {
  const each = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
  const shape = { ...each, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  const format = new Intl.DateTimeFormat(document.documentElement.lang, shape);
  const parts = (time) => Object.fromEntries(format.formatToParts(time).map((part) => [part.type, part.value]));
  const { weekday, day, month, year, hour, minute } = parts(at);
  const past = year === parts(Date.now()).year ? "" : ` ${year}`;
  return `${weekday} ${day} ${month}${past}, ${hour}:${minute}`;
}

// `form` finds the form: it is another one after parts of the page came anew. What its own fields cannot
// hold (more rows, another category's questions) `swap` has the server draw.
export async function restore(form, draft, swap) {
  // Whoever is typing already is not overtaken by what they typed another day.
  const typed = new Set([...form().elements].filter(isChanged).map(({ name }) => name));
  const note = ({ target }) => typed.add(target.name);
  document.addEventListener("input", note);
  const data = new FormData();
  for (const [name, value] of draft.fields) data.append(name, value);
  data.set("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value);
  const parts = [...form().querySelectorAll("[data-part]")].map((part) => part.dataset.part);
  const come = swap(data, "again", parts);
  if (await come.finally(() => document.removeEventListener("input", note))) fill(form(), draft, typed);
  const box = document.querySelector("[data-kept]");
  const words = box.querySelector("[data-kept-words]");
  const older = draft.version !== form().dataset.version;
  words.textContent = (older ? words.dataset.older : words.dataset.plain).replace("{}", moment(draft.at, words.dataset.zone));
  box.hidden = false;
}
