// Masthead's embed: <masthead-feed> and <masthead-issue>, which show articles
// on any page. How to use it is in the README and on /embed.
(() => {
  "use strict";

  // A page may load this twice.
  if (customElements.get("masthead-feed")) return;

  const script =
    document.currentScript ?? document.querySelector('script[src$="/embed.js"]');
  const HOME = new URL(".", script?.src ?? document.baseURI);

  const WORDS = {
    en: {
      IMPROVED: "Improved",
      UNCHANGED: "No change",
      DETERIORATED: "Got worse",
      empty: "Nothing here yet.",
      failed: "This can’t be shown at the moment.",
    },
    be: {
      IMPROVED: "Палепшылася",
      UNCHANGED: "Без змен",
      DETERIORATED: "Пагоршылася",
      empty: "Пакуль нічога няма.",
      failed: "Зараз гэта немагчыма паказаць.",
      // Few browsers know them.
      months: [
        "студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня",
        "ліпеня", "жніўня", "верасня", "кастрычніка", "лістапада", "снежня",
      ],
    },
    ru: {
      IMPROVED: "Улучшилось",
      UNCHANGED: "Без изменений",
      DETERIORATED: "Ухудшилось",
      empty: "Пока ничего нет.",
      failed: "Сейчас это невозможно показать.",
    },
  };

  const PARTS = ["topic", "trend", "lead", "authors", "date"];

  // What the page sets on the element, by rules for all elements too, ends at
  // the container: it takes nothing over but the custom properties.
  const STYLE = `
    :host { display: block; }
    :host([hidden]) { display: none; }
    .container {
      all: initial;
      display: block;
      box-sizing: border-box;
      container-type: inline-size;
      --text: var(--masthead-color, #1c1b1a);
      --quiet: var(--masthead-quiet, #5c5852);
      --paper: var(--masthead-background, transparent);
      --line: var(--masthead-line, #d9d4cc);
      --link: var(--masthead-link, var(--text));
      padding: var(--masthead-padding, 0);
      color: var(--text);
      background: var(--paper);
      font: var(--masthead-font, medium/1.5 system-ui, sans-serif);
      color-scheme: light;
      overflow-wrap: break-word;
    }
    .dark {
      --text: var(--masthead-color, #f0ede8);
      --quiet: var(--masthead-quiet, #b3ada4);
      --paper: var(--masthead-background, #1c1b1a);
      --line: var(--masthead-line, #45413b);
      padding: var(--masthead-padding, 1rem);
      color-scheme: dark;
    }
    .heading { margin: 0 0 0.75em; font-size: 1.25em; line-height: 1.25; font-weight: 700; }
    .list { display: grid; gap: var(--masthead-gap, 1em); margin: 0; padding: 0; list-style: none; }
    .item { padding-block-start: var(--masthead-gap, 1em); border-block-start: 1px solid var(--line); }
    .title { margin: 0; font-size: 1.0625em; line-height: 1.3; font-weight: 600; }
    .about, .lead, .by, .source, .note { margin: 0.25em 0 0; }
    .about { margin: 0 0 0.25em; }
    .about, .by, .source { color: var(--quiet); font-size: 0.875em; }
    .source { margin-block-start: 1em; }
    .about span + span::before, .by * + *::before { content: " · "; }
    a { color: var(--link); text-decoration: none; }
    .title a:hover, .source a { text-decoration: underline; text-underline-offset: 0.15em; }
    .source a { color: inherit; }
    a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; border-radius: 2px; }
    @container (min-width: 40em) {
      .list.wide { grid-template-columns: 1fr 1fr; column-gap: 2em; }
    }
  `;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);

  // Elements that ask for the same at the same time share one request.
  const asked = new Map();

  const fetchData = (id, variables, key) => {
    const url = new URL("graphql", HOME);
    url.searchParams.set("documentId", id);
    url.searchParams.set("variables", JSON.stringify(variables));
    const same = `${key} ${url.href}`;
    if (!asked.has(same)) {
      const headers = key ? { authorization: `Bearer ${key}` } : {};
      const answer = fetch(url, { headers, credentials: "omit", referrerPolicy: "origin" })
        .then((response) => response.json())
        .catch(() => ({ errors: [{ extensions: { code: "UNREACHABLE" } }] }))
        .finally(() => asked.delete(same));
      asked.set(same, answer);
    }
    return asked.get(same);
  };

  const list = (text) => (text ?? "").split(/[\s,]+/).filter(Boolean);
  const words = (locale, other = WORDS.en) => WORDS[locale?.split("-")[0]] ?? other;
  const direction = (value) => (value === "RTL" ? "rtl" : "ltr");

  const make = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) {
      element.className = name;
      element.setAttribute("part", name);
    }
    element.append(...children.filter((child) => child != null && child !== ""));
    return element;
  };

  const inLanguage = (element, { locale, direction: way }) => {
    if (locale) element.lang = locale;
    if (way) element.dir = direction(way);
    return element;
  };

  // Nothing but the web is linked to, whatever an address says.
  const link = (name, href, text) => {
    const anchor = make("a", name, text);
    if (/^https?:/i.test(href ?? "")) anchor.href = href;
    return anchor;
  };

  // In the words of a language that the browser knows, else in figures: a date in
  // English below a text in another language helps nobody.
  const day = (time, locale, timeZone) => {
    const element = make("time", "date");
    element.dateTime = time;
    const at = new Date(time);
    if (Intl.DateTimeFormat.supportedLocalesOf([locale]).length > 0) {
      element.textContent = at.toLocaleDateString(locale, { dateStyle: "long", timeZone });
      return element;
    }
    const iso = at.toLocaleDateString("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    const [year, month, date] = iso.split("-");
    const { months } = words(locale, {});
    element.textContent = months ? `${Number(date)} ${months[month - 1]} ${year}` : iso;
    return element;
  };

  class Embed extends HTMLElement {
    static observedAttributes = [
      "locales", "limit", "theme", "heading", "heading-level", "show", "layout", "key",
      "topic", "author", "number", "slug", "week",
    ];

    #container = make("div", "container");
    #dark = matchMedia("(prefers-color-scheme: dark)");
    #paint = () => this.#setTheme();
    #due = false;
    #round = 0;

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      // Until there is something to show, what the page has inside is shown.
      root.append(make("slot"));
    }

    connectedCallback() {
      this.#dark.addEventListener("change", this.#paint);
      this.#setTheme();
      this.#askSoon();
    }

    disconnectedCallback() {
      this.#dark.removeEventListener("change", this.#paint);
      this.#round += 1;
    }

    attributeChangedCallback(name, before, after) {
      if (!this.isConnected || before === after) return;
      if (name === "theme") this.#setTheme();
      else this.#askSoon();
    }

    /** Ask again, for what is new. */
    refresh() {
      this.#askSoon();
    }

    get limit() {
      const limit = Number.parseInt(this.getAttribute("limit"), 10);
      return limit >= 1 ? Math.min(limit, 50) : this.constructor.limit;
    }

    #setTheme() {
      const theme = this.getAttribute("theme");
      const isDark = theme === "dark" || (theme !== "light" && this.#dark.matches);
      this.#container.classList.toggle("dark", isDark);
    }

    // Attributes that change together make one request.
    #askSoon() {
      if (this.#due) return;
      this.#due = true;
      queueMicrotask(() => {
        this.#due = false;
        if (this.isConnected) this.#ask();
      });
    }

    async #ask() {
      const round = (this.#round += 1);
      this.setAttribute("aria-busy", "true");
      let found;
      try {
        const locales = list(this.getAttribute("locales"));
        const [id, variables] = this.question();
        const own = { ...variables, first: this.limit };
        if (locales.length > 0) own.locales = locales;
        const answer = await fetchData(id, own, this.getAttribute("key"));
        if (answer.errors) throw new Error(answer.errors[0].extensions?.code);
        found = answer.data;
      } catch (error) {
        if (round === this.#round) this.#fail(error.message);
        return;
      }
      if (round !== this.#round) return;
      this.#show(this.read(found), found.publication);
      this.removeAttribute("aria-busy");
      delete this.dataset.error;
      this.dispatchEvent(new CustomEvent("masthead-load"));
    }

    #fail(code) {
      this.removeAttribute("aria-busy");
      this.dataset.error = code ?? "UNKNOWN";
      if (!this.#container.isConnected && this.childNodes.length === 0) {
        const [locale] = list(this.getAttribute("locales"));
        const note = make("p", "note", words(locale).failed);
        note.setAttribute("role", "status");
        this.#container.replaceChildren(inLanguage(note, { locale }));
        this.shadowRoot.replaceChildren(this.#container);
      }
      this.dispatchEvent(new CustomEvent("masthead-error", { detail: { code } }));
    }

    #show({ heading, link: address, articles, locale, direction: way }, publication) {
      const level = Math.min(Math.max(Number.parseInt(this.getAttribute("heading-level"), 10) || 2, 1), 5);
      const show = this.hasAttribute("show") ? list(this.getAttribute("show")) : PARTS;
      const title = this.getAttribute("heading") ?? heading;

      const top = make(`h${level}`, "heading", address ? link("heading-link", address, title) : title);
      top.id = "heading";
      const items = articles.map((article) => item(article, level + 1, show, publication));
      const body = items.length > 0
        ? make("ul", "list", ...items)
        : inLanguage(make("p", "note", words(locale).empty), { locale });
      if (this.getAttribute("layout") === "wide") body.classList.add("wide");
      // Safari takes lists without bullets for none.
      if (items.length > 0) body.setAttribute("role", "list");
      const source = publication.name
        ? make("p", "source", link("source-link", publication.url, publication.name))
        : "";

      const container = this.#container;
      // A group and no region: a page may have several of one name.
      container.setAttribute("role", "group");
      if (title) container.setAttribute("aria-labelledby", "heading");
      else container.removeAttribute("aria-labelledby");
      inLanguage(container, { locale, direction: way });
      container.replaceChildren(...[title ? top : "", body, source].filter(Boolean));
      if (!container.isConnected) this.shadowRoot.replaceChildren(container);
    }
  }

  const item = (article, level, show, publication) => {
    const { locale } = article;
    const has = (part) => show.includes(part);
    const about = [];
    if (has("topic") && article.topic) {
      about.push(inLanguage(make("span", "topic", article.topic.name), article.topic));
    }
    if (has("trend") && article.trend) {
      const trend = make("span", "trend", words(locale)[article.trend]);
      trend.part.add(article.trend.toLowerCase());
      about.push(trend);
    }
    const by = [];
    if (has("authors")) {
      by.push(...article.authors.map((author) => inLanguage(make("span", "author", author.name), author)));
    }
    if (has("date") && article.publishedAt) {
      by.push(day(article.publishedAt, locale, publication.timeZone));
    }
    const title = make(`h${Math.min(level, 6)}`, "title", link("link", article.url, article.title));
    const parts = [
      about.length > 0 ? make("p", "about", ...about) : "",
      title,
      has("lead") && article.lead ? make("p", "lead", article.lead) : "",
      by.length > 0 ? make("p", "by", ...by) : "",
    ];
    return make("li", "item", inLanguage(make("article", "article", ...parts), article));
  };

  /** The newest articles: of all, of a topic, by an author. */
  class Feed extends Embed {
    static limit = 5;

    question() {
      const filter = {};
      const [topic, author] = [this.getAttribute("topic"), this.getAttribute("author")];
      if (topic) filter.topic = { slug: { eq: topic } };
      if (author) filter.authors = { some: { slug: { eq: author } } };
      return ["masthead-feed-1", topic || author ? { filter } : {}];
    }

    read({ articles, publication }) {
      const [first] = articles.nodes;
      return {
        heading: publication.name,
        articles: articles.nodes,
        locale: first?.locale ?? list(this.getAttribute("locales"))[0],
        direction: first?.direction,
      };
    }
  }

  /** An issue with its articles: the latest unless told. */
  class Issue extends Embed {
    static limit = 20;

    question() {
      for (const name of ["number", "slug", "week"]) {
        const value = this.getAttribute(name);
        if (value) {
          const by = { [name]: name === "number" ? Number.parseInt(value, 10) : value };
          return ["masthead-issue-1", { by }];
        }
      }
      return ["masthead-latest-issue-1", {}];
    }

    read({ issue }) {
      if (!issue) return { articles: [], locale: list(this.getAttribute("locales"))[0] };
      const { title, dateRange, url, articles, locale, direction: way } = issue;
      return { heading: title ?? dateRange, link: url, articles: articles.nodes, locale, direction: way };
    }
  }

  customElements.define("masthead-feed", Feed);
  customElements.define("masthead-issue", Issue);
})();
