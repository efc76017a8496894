// Hits and their sentences. A sentence that is pointed at or has the focus lights the one that
// answers it. Keys go from hit to hit and, within one, from sentence to sentence.
// Without this file both sides stand beside each other all the same.
{
  let lit = [];

  function light(target) {
    const piece = target?.closest?.("[data-pair]");
    const sides = piece?.closest(".sides, .row");
    const found = sides ? [...sides.querySelectorAll(`[data-pair="${piece.dataset.pair}"]`)] : [];
    lit.filter((one) => !found.includes(one)).forEach((one) => one.classList.remove("lit"));
    found.forEach((one) => one.classList.add("lit"));
    lit = found;
  }

  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));
  document.addEventListener("pointerleave", () => light(null));

  // What the browser's own search finds in a folded passage opens it.
  document.addEventListener(
    "beforematch",
    (event) => event.target.closest(".hit")?.querySelector(".more")?.setAttribute("open", ""),
    true,
  );

  function focus(element) {
    if (!element) return false;
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
    return true;
  }

  // The hit after or before the one with the focus; without one, the first that is in sight.
  function nextHit(step) {
    const hits = [...document.querySelectorAll(".hit")];
    const at = hits.indexOf(document.activeElement?.closest(".hit"));
    if (at >= 0) return focus(hits[at + step]);
    return focus(hits.find((hit) => hit.getBoundingClientRect().bottom > 0) ?? hits[0]);
  }

  function nextSentence(hit, step) {
    const pieces = [...hit.querySelectorAll(".piece")].filter(
      (piece) => piece.textContent && piece.getBoundingClientRect().height > 1, // Not folded.
    );
    const at = pieces.indexOf(document.activeElement);
    return focus(at < 0 ? pieces.at(step > 0 ? 0 : -1) : (pieces[at + step] ?? hit));
  }

  function answered({ key, target }) {
    const hit = target.closest(".hit");
    const inText = hit && (target === hit || target.matches(".piece"));
    if (key === "j" || (key === "ArrowDown" && inText)) return nextHit(1);
    if (key === "k" || (key === "ArrowUp" && inText)) return nextHit(-1);
    if (!inText) return false;
    if (key === "ArrowRight") return nextSentence(hit, 1);
    if (key === "ArrowLeft") return nextSentence(hit, -1);
    if (key === "Escape" && target !== hit) return focus(hit);
    if (key !== "Enter") return false;
    hit.querySelector(".from a").click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, [popover]")) return;
    if (document.querySelector(".hit") && answered(event)) event.preventDefault();
  });
}
