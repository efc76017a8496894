// Completions under the search box, as one types: a combobox as WAI-ARIA has it
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Arrows put a completion into the box,
// Enter searches for what is in it, Escape takes back what was typed.
// Without this file the box is a box.
{
  const PAUSE = 80; // Milliseconds without a key before the archive is asked.
  const LONGEST = 1000; // Characters; no query is longer.
  const HAN = /\p{Script=Han}/u;

  const input = document.getElementById("q");
  const template = document.querySelector("template[data-suggest]");

  if (input && template) begin();

  function begin() {
    const list = template.content.querySelector("ul").cloneNode();
    const item = template.content.querySelector("li");
    let completions = [];
    let typed = input.value;
    let chosen = -1; // None: what was typed.
    let timer = 0;
    let request = new AbortController();

    input.closest("form").append(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function close() {
      clearTimeout(timer);
      request.abort();
      completions = [];
      chosen = -1;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function later() {
      clearTimeout(timer);
      request.abort(); // What comes now answers what is no longer typed.
      timer = setTimeout(ask, PAUSE);
    }

    async function ask() {
      typed = input.value;
      const atEnd = input.selectionStart === typed.length;
      if (!typed.trim() || !atEnd || typed.length > LONGEST) return close();
      request = new AbortController();
      const { signal } = request;
      try {
        const address = `${template.dataset.suggest}?q=${encodeURIComponent(typed)}`;
        const answer = await fetch(address, { signal });
        const found = answer.ok ? (await answer.json()).completions : [];
        if (!signal.aborted && document.activeElement === input) show(found);
      } catch {
        if (!signal.aborted) close(); // A box that is not helped is still a box.
      }
    }

    function show(found) {
      if (!found.length) return close();
      completions = found;
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...found.map(option));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }

    function option({ text, kind, count, counterpart }, number) {
      const option = item.cloneNode(true);
      option.id = `completion-${number}`;
      option.setAttribute("aria-selected", "false");
      option.dataset.number = number;
      write(option.querySelector(".text"), text);
      write(option.querySelector(".other"), counterpart ?? "");
      const what = kind === "word" ? "" : `${template.dataset[kind]} · `;
      option.querySelector(".count").textContent = what + count.toLocaleString("en");
      return option;
    }

    function write(element, text) {
      element.textContent = text;
      element.lang = HAN.test(text) ? "zh" : "en";
    }

    // From what was typed down to the last completion, and round.
    function move(step) {
      const all = completions.length + 1;
      chosen = ((chosen + 1 + step + all) % all) - 1;
      [...list.children].forEach((option, number) =>
        option.setAttribute("aria-selected", String(number === chosen)),
      );
      const option = list.children[chosen];
      input.value = option ? completions[chosen].query : typed;
      if (option) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }

    // While an input method composes, its keys and letters are its own.
    input.addEventListener("input", (event) => event.isComposing || later());
    input.addEventListener("compositionend", later);
    input.addEventListener("compositionstart", close);
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", close);

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === 1 && list.hidden) {
        event.preventDefault();
        later();
      } else if (step && !list.hidden) {
        event.preventDefault();
        move(step);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        event.stopPropagation(); // The next one leaves the box.
        input.value = typed;
        close();
      }
    });

    list.addEventListener("mousedown", (event) => event.preventDefault()); // The box keeps the focus.
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      input.value = completions[option.dataset.number].query;
      input.form.requestSubmit();
    });
  }
}
