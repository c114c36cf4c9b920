// A card counts as seen when half of it was in view for a second. The signed tokens go together, when
// there are some or when the page is left; nothing about the reader is added.
const SEEN_FOR = 1000;
const AT_ONCE = 20;
const seen = new Set();
const clocks = new Map();
let waiting = [];

function send() {
  if (!waiting.length) return;
  const body = new FormData();
  for (const token of waiting) body.append("t", token);
  navigator.sendBeacon("/t/impressions", body);
  waiting = [];
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, intersectionRatio } of entries) {
      const token = target.dataset.touch;
      clearTimeout(clocks.get(token));
      if (intersectionRatio < 0.5 || seen.has(token)) continue;
      clocks.set(
        token,
        setTimeout(() => {
          seen.add(token);
          waiting.push(token);
          watcher.unobserve(target);
          if (waiting.length >= AT_ONCE) send();
        }, SEEN_FOR),
      );
    }
  },
  { threshold: [0, 0.5] },
);

function watch(root) {
  for (const card of root.querySelectorAll("[data-touch]")) watcher.observe(card);
}
watch(document);
document.addEventListener("fragment", (event) => watch(event.detail.root));
document.addEventListener("visibilitychange", () => document.hidden && send());
addEventListener("pagehide", send);
setInterval(send, 10000);
