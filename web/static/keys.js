// "/" goes to the search box, Escape leaves it.
const box = document.getElementById("q");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    box?.focus();
    box?.select();
  } else if (event.key === "Escape" && event.target === box) {
    box.blur();
  }
});
