// Keys for every page: "/" goes to the search box, "?" opens the help, Escape leaves the box.
{
  const box = document.getElementById("q");
  const help = document.getElementById("help");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && event.target === box) return box.blur();
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "/" && box) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === "?" && help.togglePopover) {
      event.preventDefault();
      help.togglePopover();
    }
  });
}
