// Two equal bars at once say nothing: the one at the lower edge of a phone shows while the one in the
// page does not.
const bar = document.querySelector(".stickybuy[data-second]");
const first = bar && document.querySelector(bar.dataset.second);

if (first) {
  new IntersectionObserver((seen) => {
    bar.toggleAttribute("data-shown", !seen.at(-1).isIntersecting);
  }).observe(first);
}
