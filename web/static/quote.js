// A hit as a bilingual quote for the clipboard, with its speaker, transcript, issue and permalink:
// as text, Markdown or HTML. Without this file there is no menu; text can be selected.
{
  const template = document.getElementById("copy");

  // The parts of a quote, as they stand on the card: each text with its language.
  function quoted(hit) {
    const runs = (where) =>
      [...hit.querySelectorAll(where)].map(({ textContent, lang }) => ({ text: textContent, lang }));
    return {
      sides: runs(".side[lang]"),
      speaker: runs(".who [lang]"),
      title: runs(".from a [lang]"),
      facts: runs(".from .fact"),
      link: hit.querySelector(".permalink").href,
    };
  }

  const joined = (runs, with_ = " ") => runs.map(({ text }) => text).join(with_);
  const source = ({ speaker, title, facts }) =>
    [joined(speaker), joined(title), ...facts.map(({ text }) => text)].filter(Boolean).join(", ");

  function text(quote) {
    return `${joined(quote.sides, "\n")}\n— ${source(quote)}\n${quote.link}\n`;
  }

  const plain = (text) =>
    text
      .replace(/[\\`*_[\]<>#|~&]/g, "\\$&")
      .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/gm, (_, space, sign) => `${space}\\${sign}`);

  function markdown(quote) {
    const lines = (text) => plain(text).replace(/\n/g, "\\\n> ");
    const sides = quote.sides.map(({ text }) => `> ${lines(text)}\n>\n`).join("");
    return `${sides}> — [${plain(source(quote))}](<${quote.link}>)\n`;
  }

  const escaped = (text) =>
    text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`).replace(/\n/g, "<br>");
  const run = ({ text, lang }, name = "span") => `<${name} lang="${lang}">${escaped(text)}</${name}>`;

  function html({ sides, speaker, title, facts, link }) {
    const spans = (runs, with_ = " ") => runs.map((each) => run(each)).join(with_);
    const cited = title.length ? `<cite>${spans(title)}</cite>` : "";
    const address = `<a href="${escaped(link)}">${escaped(link)}</a>`;
    const from = [spans(speaker), cited, spans(facts, ", "), address].filter(Boolean).join(", ");
    const texts = sides.map((side) => run(side, "p")).join("\n");
    return `<blockquote cite="${escaped(link)}">\n${texts}\n<footer>— ${from}</footer>\n</blockquote>\n`;
  }

  const FORMS = { text, markdown, html };

  async function write(text, rich) {
    if (navigator.clipboard?.write) {
      const blob = (type, content) => ({ [type]: new Blob([content], { type }) });
      const both = { ...blob("text/plain", text), ...(rich ? blob("text/html", rich) : {}) };
      return navigator.clipboard.write([new ClipboardItem(both)]);
    }
    // A page that did not come over TLS has no clipboard but this one.
    document.addEventListener(
      "copy",
      (event) => {
        event.clipboardData.setData("text/plain", text);
        if (rich) event.clipboardData.setData("text/html", rich);
        event.preventDefault();
      },
      { once: true },
    );
    if (!document.execCommand("copy")) throw new Error("not copied");
  }

  async function copy(button) {
    const menu = button.closest(".menu");
    const made = FORMS[button.dataset.as](quoted(button.closest(".hit")));
    const told = menu.querySelector("[data-done]").dataset;
    const said = document.getElementById("said");
    said.textContent = "";
    try {
      await write(made, button.dataset.as === "html" ? made : null);
      said.textContent = told.done;
      menu.classList.add("done");
    } catch {
      said.textContent = told.failed;
    }
    menu.querySelector("summary").dataset.said = said.textContent;
    close(menu);
    menu.querySelector("summary").focus();
  }

  function close(menu) {
    menu.open = false;
  }

  function add() {
    for (const acts of document.querySelectorAll(".hit .acts")) {
      if (!acts.querySelector(".menu")) acts.prepend(template.content.cloneNode(true));
    }
  }

  document.addEventListener("click", (event) => {
    const menu = event.target.closest(".menu");
    document.querySelectorAll(".menu[open]").forEach((open) => open === menu || close(open));
    const button = event.target.closest(".menu [data-as]");
    if (button) copy(button);
    else if (menu) delete menu.querySelector("summary").dataset.said;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const menu = event.target.closest(".menu[open]");
    if (event.key === "Escape" && menu) {
      close(menu);
      menu.querySelector("summary").focus();
    } else if (event.key === "c" && !event.target.closest("input, textarea, select")) {
      const summary = event.target.closest(".hit")?.querySelector(".menu summary");
      if (!summary) return;
      summary.parentElement.open = true;
      summary.nextElementSibling.querySelector("button").focus();
    }
  });

  document.addEventListener("results", add);
  add();
}
