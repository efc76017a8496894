// Which part of the outline is being read: its entry is marked and kept in sight.
// Without this file the outline is a list of links.
{
  const outline = document.querySelector(".outline");
  const links = [...(outline?.querySelectorAll("a") ?? [])];
  const parts = links.map((link) => document.getElementById(link.hash.slice(1)));
  let shown = null;

  function tell() {
    const eye = innerHeight / 3;
    const at = parts.findLastIndex((part) => part && part.getBoundingClientRect().top < eye);
    const link = links[at] ?? null;
    if (link === shown) return;
    shown?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    shown = link;
    // The list alone is scrolled, not the page.
    const list = outline.querySelector("nav");
    if (link) list.scrollTop = link.offsetTop - list.offsetTop - list.clientHeight / 3;
  }

  let waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      tell();
    });
  }

  if (links.length) {
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    tell();
  }

  // Where the outline lies over the text, it closes when something is chosen from it.
  outline?.addEventListener("click", (event) => {
    if (event.target.closest("a") && matchMedia("(max-width: 87rem)").matches) outline.open = false;
  });
}
