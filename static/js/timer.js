// Counts down to [data-until]. The hour stands in the text beside it, so this is never the only word.
const two = (number) => String(number).padStart(2, "0");

function tick() {
  for (const clock of document.querySelectorAll("[data-until]")) {
    const left = Math.max(0, Math.round((new Date(clock.dataset.until) - Date.now()) / 1000));
    clock.hidden = false;
    const hours = Math.floor(left / 3600);
    const rest = `${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
    clock.textContent = left ? (hours ? `${hours}:${rest}` : rest) : clock.dataset.over;
    if (!left) delete clock.dataset.until;
  }
}
tick();
setInterval(tick, 1000);
document.addEventListener("fragment", tick);
