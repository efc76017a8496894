// Results without a reload: what a link or the box asks for is fetched from the same address and
// put in the place of what is there. The back button goes back, to where one was.
// Without this file, and whenever something is unlike what is expected, the browser goes there.
{
  const KEPT = 30; // Answers that the back button finds at once.
  const main = document.getElementById("main");
  const box = document.getElementById("q");
  const said = document.getElementById("said");
  const pages = new Map();
  let request = new AbortController();

  const isHere = (url) =>
    url.origin === location.origin &&
    url.pathname === location.pathname &&
    !url.hash &&
    url.searchParams.get("q")?.trim();

  const place = (element, key) =>
    [...element.querySelectorAll(`[data-key]`)].find((each) => each.dataset.key === key);

  function remember() {
    history.replaceState({ y: scrollY }, "");
  }

  async function page(address) {
    if (!pages.has(address)) {
      request.abort();
      request = new AbortController();
      const answer = await fetch(address, { signal: request.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const kept = [...pages, [address, await answer.text()]].slice(-KEPT);
      pages.clear();
      kept.forEach(([each, html]) => pages.set(each, html));
    }
    const found = new DOMParser().parseFromString(pages.get(address), "text/html");
    if (!found.querySelector("main .results")) throw new Error("not a page of results");
    return found;
  }

  function show(found, key) {
    const rail = main.querySelector(".facets")?.open;
    main.replaceChildren(...found.getElementById("main").childNodes);
    if (rail) main.querySelector(".facets")?.setAttribute("open", "");
    document.title = found.title;
    box.value = found.getElementById("q").value;
    box.form.querySelectorAll("[type=hidden]").forEach((field) => field.remove());
    box.form.append(...found.querySelectorAll(".box [type=hidden]"));
    document.querySelector(".aside").replaceWith(found.querySelector(".aside"));
    const at = (key && place(main, key)) || document.getElementById("results");
    at.focus({ preventScroll: true });
    said.textContent = main.querySelector(".total").textContent;
    document.dispatchEvent(new Event("results"));
  }

  async function go(address, { key = null, y = null } = {}) {
    main.setAttribute("aria-busy", "true");
    try {
      const found = await page(address);
      if (y === null) {
        remember();
        history.pushState({ y: 0 }, "", address);
      }
      show(found, key);
      scrollTo(0, y ?? 0);
      main.removeAttribute("aria-busy");
    } catch (problem) {
      if (problem.name === "AbortError") return; // Something else is asked by now.
      location.assign(address);
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const url = new URL(link.href);
    if (link.download || link.target || link.hreflang || !isHere(url)) return;
    event.preventDefault();
    go(url.href, { key: link.dataset.key });
  });

  box.form.addEventListener("submit", (event) => {
    const url = new URL(box.form.action);
    url.search = new URLSearchParams(new FormData(box.form));
    if (!isHere(url)) return;
    event.preventDefault();
    go(url.href);
  });

  history.scrollRestoration = "manual";
  // Without a state it leads to a place of this page.
  addEventListener("popstate", ({ state }) => state && go(location.href, { y: state.y }));
  addEventListener("pagehide", remember);
  if (history.state?.y) scrollTo(0, history.state.y);
}
