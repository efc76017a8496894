// From hit to hit: n and j go on, p and k go back, and the bar says where one is.
// Without this file the links say "First" and "Last", and each hit links to its neighbours.
const hits = [...document.querySelectorAll("[data-hit]")];
const count = document.querySelector("[data-count]");
const links = document.querySelectorAll("[data-go]");

const addressed = () => hits.findIndex((hit) => "#" + hit.id === location.hash);

// Between two hits, the one before is where the reader's eye has passed.
const passed = () => {
  const eye = document.querySelector(".bar").getBoundingClientRect().bottom + 40;
  return hits.findLastIndex((hit) => hit.getBoundingClientRect().top < eye);
};

function go(step) {
  if (!hits.length) return;
  let to = addressed() >= 0 ? addressed() + step : step > 0 ? passed() + 1 : passed();
  to = (to + hits.length) % hits.length;
  location.replace("#" + hits[to].id); // The back button leads to the results, not through the hits.
}

function tell() {
  const at = addressed();
  if (at >= 0) count.textContent = count.dataset.at.replace("{n}", at + 1).replace("{total}", hits.length);
}

if (hits.length) {
  for (const link of links) {
    link.querySelector(".word").textContent = link.dataset.label;
    link.title = link.dataset.key;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(link.dataset.go === "next" ? 1 : -1);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "n" || event.key === "j") go(1);
    if (event.key === "p" || event.key === "k") go(-1);
  });
  addEventListener("hashchange", tell);
  tell();
}
