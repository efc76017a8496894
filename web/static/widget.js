// <transcript-search>: the archive in any page of an intranet, by one script tag:
//
//   <script src="https://archive.example/assets/widget.js" defer></script>
//   <transcript-search limit="5"></transcript-search>
//
// Attributes: archive (its address; where this file comes from, if none is given), query, lang (en
// or zh: what the box speaks), theme (auto, light, dark), limit (hits shown), label.
// Property: token (a bearer token, for pages that nobody else sees).
// Events, which bubble: transcript-search:results and :choose (the hit is in `detail`; cancel it
// and no page is opened), and :error.
{
  const PAUSE = 80; // Milliseconds without a key before completions are asked for.
  const LONGEST = 1000; // Characters; no query is longer.
  const SHOWN = 240; // Characters of a side, about the first mark.
  const BEFORE = 60; // Of those, before the mark.
  const HAN = /\p{Script=Han}/u;
  const HOME = new URL("..", document.currentScript.src).href;

  const WORDS = {
    en: {
      label: "Search the interviews",
      hint: "English or 中文",
      search: "Search",
      completions: "Completions",
      count: (n) => (n ? `${n.toLocaleString("en")} ${n === 1 ? "passage" : "passages"}` : "No passages"),
      some: (all, n) => `${all ? all.toLocaleString("en") : "None"} with all words, ${n.toLocaleString("en")} with some`,
      meant: "Did you mean ",
      all: "See all results",
      absent: { en: "No English in the source", zh: "No Chinese in the source" },
      failed: "The archive cannot be reached now.",
      kinds: { word: "", speaker: "speaker · ", title: "title · " },
      roles: { question: "question", answer: "answer", narration: "narration", heading: "heading", note: "note" },
    },
    zh: {
      label: "检索访谈",
      hint: "中文或 English",
      search: "检索",
      completions: "输入建议",
      count: (n) => (n ? `${n.toLocaleString("zh")} 段` : "没有找到"),
      some: (all, n) => `${all ? all.toLocaleString("zh") : "没有一"}${all ? " 段" : "段"}含全部词语，${n.toLocaleString("zh")} 段含其中一部分`,
      meant: "您要找的是不是：",
      all: "查看全部结果",
      absent: { en: "原文无英文", zh: "原文无中文" },
      failed: "暂时无法连接资料库。",
      kinds: { word: "", speaker: "发言人 · ", title: "标题 · " },
      roles: { question: "提问", answer: "回答", narration: "叙述", heading: "标题", note: "附注" },
    },
  };

  const STYLE = `
    :host {
      --paper: #fbfaf7; --ink: #1e1c19; --quiet: #665f55; --line: #e4dfd5; --field: #8d8578;
      --accent: #9c2c1a; --match: #ffe48a; --match-line: #a67a00;
      --counterpart: #d6e9f4; --counterpart-line: #2d7096;
      display: block; container-type: inline-size; color-scheme: light;
      font: 0.9375rem/1.5 -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK KR",
        system-ui, sans-serif;
      color: var(--transcript-search-ink, var(--ink));
      overflow-wrap: anywhere;
    }
    :host([hidden]) { display: none; }
    :host([theme="dark"]) {
      --paper: #171613; --ink: #e9e4da; --quiet: #a79f92; --line: #34312b; --field: #7d7669;
      --accent: #f2977f; --match: #5a4900; --match-line: #e8c233;
      --counterpart: #163d50; --counterpart-line: #72bde0; color-scheme: dark;
    }
    @media (prefers-color-scheme: dark) {
      :host(:not([theme="light"], [theme="dark"])) {
        --paper: #171613; --ink: #e9e4da; --quiet: #a79f92; --line: #34312b; --field: #7d7669;
        --accent: #f2977f; --match: #5a4900; --match-line: #e8c233;
        --counterpart: #163d50; --counterpart-line: #72bde0; color-scheme: dark;
      }
    }
    * { box-sizing: border-box; }
    p, ol, ul { margin: 0; padding: 0; font: inherit; }
    ol, ul { list-style: none; }
    [lang="zh"] {
      font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
    }
    a { color: inherit; text-decoration-thickness: 1px; text-underline-offset: 0.2em;
      text-decoration-color: var(--field); }
    a:hover { color: var(--transcript-search-accent, var(--accent)); }
    :focus-visible { outline: 2px solid var(--transcript-search-accent, var(--accent));
      outline-offset: 2px; border-radius: 2px; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap; }
    .widget { background: var(--transcript-search-paper, var(--paper)); }
    form { position: relative; display: flex; gap: 0.5rem; }
    input { flex: 1; min-width: 0; min-height: 2.75rem; padding: 0.25rem 0.75rem; font: inherit;
      color: inherit; background: transparent; border: 1px solid var(--field); border-radius: 6px; }
    input::placeholder { color: var(--quiet); opacity: 1; }
    input::-webkit-search-cancel-button { display: none; }
    button { min-height: 2.75rem; padding: 0 1rem; font: inherit; cursor: pointer; border-radius: 6px;
      border: 1px solid transparent; color: var(--transcript-search-paper, var(--paper));
      background: var(--transcript-search-ink, var(--ink)); }
    [role="listbox"] { position: absolute; z-index: 1; inset: calc(100% + 4px) 0 auto;
      background: var(--transcript-search-paper, var(--paper)); border: 1px solid var(--field);
      border-radius: 6px; box-shadow: 0 6px 18px rgb(0 0 0 / 15%); }
    [role="option"] { display: flex; gap: 0.5rem; align-items: baseline; min-height: 2.5rem;
      padding: 0.5rem 0.75rem; cursor: pointer; }
    [role="option"][aria-selected="true"], [role="option"]:hover { background: var(--line); }
    [role="option"] .count { margin-left: auto; white-space: nowrap; }
    .quiet, .count { color: var(--quiet); }
    .total:not(:empty), .meant { padding-top: 0.75rem; }
    .hit { padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
    .who { font-weight: 600; }
    .who .quiet { font-weight: 400; }
    .sides { display: grid; gap: 0.25rem 1.5rem; padding: 0.25rem 0; }
    @container (min-width: 36rem) { .sides { grid-template-columns: 1fr 1fr; } }
    .side { font: 1rem/1.6 Charter, "Iowan Old Style", "Source Serif 4", Cambria, "Noto Serif",
      "Noto Serif CJK KR", Georgia, serif; }
    .side[lang="zh"] { line-height: 1.75; font-family: "Songti SC", "Source Han Serif SC",
      "Noto Serif CJK SC", "Noto Serif SC", "Microsoft YaHei", serif; }
    .absent { color: var(--quiet); font-size: 0.8125rem; line-height: 1.7rem; }
    .absent::before { content: ""; display: inline-block; width: 1.25rem; margin-right: 0.5rem;
      border-top: 1px solid var(--field); vertical-align: 0.3em; }
    mark { color: inherit; background: var(--match); border-bottom: 2px solid var(--match-line); }
    mark.counterpart { background: var(--counterpart);
      border-bottom: 2px dotted var(--counterpart-line); }
    .from { font-size: 0.8125rem; }
    .all { padding-top: 0.75rem; }
    @media (forced-colors: active) { mark { forced-color-adjust: none; color: #000; }
      [role="option"][aria-selected="true"] { outline: 2px solid Highlight; } }
  `;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);

  // An element, its attributes, and what is in it: text is always text.
  function make(tag, attributes = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null) element.setAttribute(name, value);
    }
    element.append(...inside.filter((each) => each !== null && each !== ""));
    return element;
  }

  const tongue = (text) => (HAN.test(text) ? "zh" : "en");

  function bilingual(name) {
    const same = name?.en && name.en === name.zh?.replace(/[《》]/g, "");
    const once = ["en", "zh"].filter((lang) => name?.[lang] && (lang === "en" || !same));
    return once.flatMap((lang) => [make("span", { lang }, name[lang]), " "]);
  }

  // Of a side, the stretch about `at`, cut where words end; offsets count code points.
  function excerpt({ text, marks }, lang, at) {
    const chars = [...text];
    let start = chars.length <= SHOWN ? 0 : Math.max(0, Math.min(at - BEFORE, chars.length - SHOWN));
    let end = Math.min(chars.length, start + SHOWN);
    const within = (place) => lang === "en" && /\w/.test(chars[place - 1] ?? "") && /\w/.test(chars[place] ?? "");
    while (start > 0 && within(start)) start--;
    while (end < chars.length && within(end)) end++;
    // An ellipsis stands where a word does, not before a comma or behind a space.
    while (start > 0 && start < at && !/[\p{L}\p{N}]/u.test(chars[start])) start++;
    while (end < chars.length && /\s/.test(chars[end - 1])) end--;
    const inside = [start > 0 ? "…" : ""];
    let done = start;
    for (const mark of marks) {
      if (mark.end <= start || mark.start >= end) continue;
      const [from, to] = [Math.max(mark.start, start), Math.min(mark.end, end)];
      inside.push(chars.slice(done, from).join(""));
      inside.push(make("mark", { class: mark.kind }, chars.slice(from, to).join("")));
      done = to;
    }
    inside.push(chars.slice(done, end).join(""), end < chars.length ? "…" : "");
    return make("p", { class: "side", lang }, ...inside);
  }

  // Where to look in each side: at its first mark, or at the sentence that answers the other's.
  function places({ en, zh, sentences }) {
    const first = (side) => side?.marks[0]?.start;
    let [here, there] = [first(en), first(zh)];
    for (const [start, end, from, to] of sentences) {
      if (there === undefined && here >= start && here < end) there = from;
      if (here === undefined && there >= from && there < to) here = start;
    }
    return { en: here ?? 0, zh: there ?? 0 };
  }

  class TranscriptSearch extends HTMLElement {
    static observedAttributes = ["archive", "query", "lang", "limit", "label"];

    #root = this.attachShadow({ mode: "open" });
    #request = new AbortController();
    #suggesting = new AbortController();
    #timer = 0;
    #completions = [];
    #typed = "";
    #chosen = -1; // None: what was typed.

    token = null;

    connectedCallback() {
      this.#root.adoptedStyleSheets = [sheet];
      this.#draw();
    }

    disconnectedCallback() {
      this.#close();
      this.#request.abort();
    }

    attributeChangedCallback(name, before, after) {
      if (this.isConnected && before !== after && this.#root.firstChild) this.#draw();
    }

    // The query in the box; setting it searches.
    get query() {
      return this.#input?.value ?? this.getAttribute("query") ?? "";
    }

    set query(text) {
      this.setAttribute("query", text);
    }

    get #words() {
      const lang = this.getAttribute("lang") || this.closest("[lang]")?.lang || navigator.language;
      return WORDS[lang.toLowerCase().startsWith("zh") ? "zh" : "en"];
    }

    get #language() {
      return this.#words === WORDS.zh ? "zh" : "en";
    }

    get #archive() {
      const given = this.getAttribute("archive");
      return given ? new URL(given.replace(/\/?$/, "/"), document.baseURI).href : HOME;
    }

    get #limit() {
      return Math.max(1, Math.min(100, parseInt(this.getAttribute("limit"), 10) || 5));
    }

    get #input() {
      return this.#root.querySelector("input");
    }

    #find(selector) {
      return this.#root.querySelector(selector);
    }

    #draw() {
      const words = this.#words;
      const label = this.getAttribute("label") || words.label;
      this.#request.abort();
      this.#close();
      const input = make("input", {
        id: "q", type: "search", name: "q", placeholder: words.hint, maxlength: LONGEST,
        autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search",
        role: "combobox", "aria-autocomplete": "list", "aria-controls": "completions",
        "aria-expanded": "false",
      });
      input.value = this.getAttribute("query") ?? "";
      const form = make("form", { role: "search", "aria-label": label },
        make("label", { class: "unseen", for: "q" }, label),
        input,
        make("button", {}, words.search),
        make("ul", { id: "completions", role: "listbox", "aria-label": words.completions, hidden: "" }),
      );
      this.#root.replaceChildren(
        make("div", { class: "widget", lang: this.#language },
          form,
          make("p", { class: "total quiet", role: "status" }),
          make("p", { class: "meant", hidden: "" }),
          make("ol", { class: "hits" }),
          make("p", { class: "all", hidden: "" }),
        ),
      );
      this.#listen(form, input);
      if (input.value.trim()) this.#search();
    }

    #listen(form, input) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#close();
        this.#search();
      });
      // While an input method composes, its keys and letters are its own.
      input.addEventListener("input", (event) => event.isComposing || this.#later());
      input.addEventListener("compositionend", () => this.#later());
      input.addEventListener("compositionstart", () => this.#close());
      input.addEventListener("blur", () => this.#close());
      input.addEventListener("keydown", (event) => this.#key(event));
      const list = this.#find("ul");
      list.addEventListener("mousedown", (event) => event.preventDefault()); // The box keeps the focus.
      list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (!option) return;
        input.value = this.#completions[option.dataset.number].query;
        form.requestSubmit();
      });
    }

    async #ask(path, args, signal) {
      const address = new URL(`api/v1/${path}?${new URLSearchParams(args)}`, this.#archive);
      const headers = this.token ? { Authorization: `Bearer ${this.token}` } : {};
      const answer = await fetch(address, { headers, signal, credentials: "include" });
      const data = await answer.json();
      if (!answer.ok) throw new Error(data.detail ?? answer.statusText);
      return data;
    }

    #tell(name, detail, cancelable = false) {
      const event = new CustomEvent(`transcript-search:${name}`, { detail, cancelable, bubbles: true, composed: true });
      return this.dispatchEvent(event);
    }

    // The hits.

    async #search() {
      this.#request.abort();
      const { signal } = (this.#request = new AbortController());
      const query = this.#input.value.trim();
      if (!query) return this.#show(null);
      try {
        const results = await this.#ask("search", { q: query, limit: this.#limit }, signal);
        if (signal.aborted) return;
        this.#show(results);
        this.#tell("results", results);
      } catch (error) {
        if (signal.aborted) return;
        this.#show(null);
        this.#find(".total").textContent = this.#words.failed;
        this.#tell("error", error);
      }
    }

    #show(results) {
      const words = this.#words;
      const total = this.#find(".total");
      const [meant, all] = [this.#find(".meant"), this.#find(".all")];
      this.#find(".hits").replaceChildren(...(results?.hits ?? []).map((hit) => this.#hit(hit)));
      meant.hidden = !results?.suggestion;
      all.hidden = !results || results.total <= results.hits.length;
      total.textContent = !results
        ? ""
        : results.total_all_words === results.total
          ? words.count(results.total)
          : words.some(results.total_all_words, results.total);
      if (results?.suggestion) {
        const link = this.#page(`?${new URLSearchParams({ q: results.suggestion })}`, results.suggestion);
        link.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          this.#input.value = results.suggestion;
          this.#search();
        });
        meant.replaceChildren(words.meant, link, words === WORDS.zh ? "？" : "?");
      }
      if (!all.hidden) {
        all.replaceChildren(this.#page(`?${new URLSearchParams({ q: results.query })}`, words.all));
      }
    }

    #page(path, ...inside) {
      return make("a", { href: new URL(path, this.#archive).href }, ...inside);
    }

    #hit(hit) {
      const at = places(hit);
      const sides = ["en", "zh"].map((lang) =>
        hit[lang]
          ? excerpt(hit[lang], lang, at[lang])
          : make("p", { class: "absent" }, this.#words.absent[lang]),
      );
      const name = bilingual(hit.title);
      const link = this.#page(hit.url, ...(name.length ? name : [hit.transcript]));
      // The reading page shows the words of the query where the passage stands.
      const address = new URL(link.href);
      address.searchParams.set("q", this.#input.value.trim());
      link.href = address.href;
      link.addEventListener("click", (event) => {
        if (!this.#tell("choose", hit, true)) event.preventDefault();
      });
      return make("li", { class: "hit" },
        make("p", { class: "who" }, ...bilingual(hit.speaker),
          make("span", { class: "quiet" }, this.#words.roles[hit.role] ?? hit.role)),
        make("div", { class: "sides" }, ...sides),
        make("p", { class: "from quiet" }, link),
      );
    }

    // Completions: a combobox as WAI-ARIA has it.

    #close() {
      clearTimeout(this.#timer);
      this.#suggesting.abort();
      this.#completions = [];
      this.#chosen = -1;
      const list = this.#find("ul");
      if (!list) return;
      list.hidden = true;
      this.#input.setAttribute("aria-expanded", "false");
      this.#input.removeAttribute("aria-activedescendant");
    }

    #later() {
      clearTimeout(this.#timer);
      this.#suggesting.abort(); // What comes now answers what is no longer typed.
      this.#timer = setTimeout(() => this.#suggest(), PAUSE);
    }

    async #suggest() {
      const input = this.#input;
      this.#typed = input.value;
      if (!input.value.trim() || input.selectionStart !== input.value.length) return this.#close();
      const { signal } = (this.#suggesting = new AbortController());
      try {
        const { completions } = await this.#ask("suggest", { q: input.value }, signal);
        if (!signal.aborted && this.#root.activeElement === input) this.#offer(completions);
      } catch {
        if (!signal.aborted) this.#close(); // A box that is not helped is still a box.
      }
    }

    #offer(completions) {
      if (!completions.length) return this.#close();
      this.#completions = completions;
      this.#chosen = -1;
      this.#input.removeAttribute("aria-activedescendant");
      const options = completions.map(({ text, kind, count, counterpart }, number) =>
        make("li", { role: "option", id: `completion-${number}`, "aria-selected": "false", "data-number": number },
          make("span", { lang: tongue(text) }, text),
          counterpart ? make("span", { class: "quiet", lang: tongue(counterpart) }, counterpart) : null,
          make("span", { class: "count" }, this.#words.kinds[kind] + count.toLocaleString(this.#language)),
        ),
      );
      const list = this.#find("ul");
      list.replaceChildren(...options);
      list.hidden = false;
      this.#input.setAttribute("aria-expanded", "true");
    }

    // From what was typed down to the last completion, and round.
    #move(step) {
      const all = this.#completions.length + 1;
      this.#chosen = ((this.#chosen + 1 + step + all) % all) - 1;
      const options = [...this.#find("ul").children];
      options.forEach((option, number) => option.setAttribute("aria-selected", String(number === this.#chosen)));
      const option = options[this.#chosen];
      this.#input.value = option ? this.#completions[this.#chosen].query : this.#typed;
      if (option) this.#input.setAttribute("aria-activedescendant", option.id);
      else this.#input.removeAttribute("aria-activedescendant");
    }

    #key(event) {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const open = !this.#find("ul").hidden;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === 1 && !open) {
        event.preventDefault();
        this.#later();
      } else if (step && open) {
        event.preventDefault();
        this.#move(step);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        event.stopPropagation();
        this.#input.value = this.#typed;
        this.#close();
      }
    }
  }

  if (!customElements.get("transcript-search")) customElements.define("transcript-search", TranscriptSearch);
}
