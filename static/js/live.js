// The bell counts by itself: a stream of events where it can be reached, a question every half minute
// where it cannot. Other modules hear every event as "live" on the document: detail {event, data}.
const { live, badge } = document.body.dataset;
const bell = document.querySelector("[data-bell]");
const EVENTS = ["badge", "order"];
let polling;

function count(unread) {
  if (!bell) return;
  const mark = bell.querySelector(".badge");
  mark.textContent = unread > 99 ? "99+" : unread;
  mark.hidden = !unread;
  bell.setAttribute(
    "aria-label",
    unread ? bell.dataset.some.replace("{}", unread) : bell.dataset.none,
  );
}

function heard(event, data) {
  if (event === "badge") count(data.unread);
  document.dispatchEvent(new CustomEvent("live", { detail: { event, data } }));
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(badge, { headers: { Accept: "application/json" } });
    if (answer.ok) heard("badge", await answer.json());
  } catch {
    // Offline for now: the next round asks again.
  }
}

function poll() {
  if (polling || !badge) return;
  polling = setInterval(ask, 30000);
  ask();
}

function listen() {
  const stream = new EventSource(live, { withCredentials: true });
  for (const name of EVENTS) {
    stream.addEventListener(name, (event) => heard(name, JSON.parse(event.data)));
  }
  stream.addEventListener("open", () => {
    clearInterval(polling);
    polling = undefined;
  });
  stream.addEventListener("error", () => {
    poll();
    // The browser retries a broken stream by itself; a refused one it gives up for good.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 60000);
  });
  // An open stream would keep the page out of the back-forward cache.
  addEventListener("pagehide", () => stream.close(), { once: true });
}

function start() {
  if (live && "EventSource" in window) listen();
  else poll();
}
if (live || badge) {
  start();
  addEventListener("pageshow", (event) => event.persisted && (ask(), start()));
}

// <section data-live-order="20861"> is fetched anew when that order moves.
document.addEventListener("live", async ({ detail }) => {
  if (detail.event !== "order") return;
  const part = document.querySelector(
    `[data-live-order="${CSS.escape(String(detail.data.number))}"]`,
  );
  if (!part) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = fresh.querySelector(`[data-live-order="${CSS.escape(String(detail.data.number))}"]`);
  if (next) part.replaceWith(next);
});
