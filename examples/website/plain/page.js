// The page: an issue, or an article of it, in the edition that is read. What
// it shows is in its address, and links are links: ?edition=be-ru&issue=423.

import { ARTICLE, ISSUE_BY_NUMBER, LATEST_ISSUE, PUBLICATION } from "./documents.js";
import { ask } from "./masthead.js";
import { EDITIONS, edition, words } from "./words.js";

const asked = new URLSearchParams(location.search);
const reader = edition(asked.get("edition"));
const own = words(reader.locales[0]);
const main = document.getElementById("content");

const KINDS = { RSS: "RSS", ATOM: "Atom", JSON_FEED: "JSON Feed" };

/** An element with children; texts are texts, whatever is in them. */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(Boolean));
  return element;
}

/** Say which language an element is in, and which way that runs. */
function inLanguage(element, { locale, direction }) {
  element.lang = locale;
  if (direction) element.dir = direction.toLowerCase();
  return element;
}

/** The address of this page with something else in it. */
const address = (what, name = reader.name) =>
  `?${new URLSearchParams({ edition: name, ...what })}`;

/** Frontends show the days of an issue that has no title. */
const called = ({ title, dateRange }) => title ?? dateRange;

const issueLink = (issue, properties) =>
  inLanguage(make("a", { href: address({ issue: issue.number }), ...properties }, called(issue)), issue);

function byline({ authors }) {
  const names = authors.map((author) => inLanguage(make("span", {}, author.name), author));
  return names.length > 0 && make("p", { className: "byline" }, ...names);
}

function about({ topic, trend, locale }) {
  const parts = [
    topic && inLanguage(make("span", { className: "topic" }, topic.name), topic),
    trend && make("span", { className: `trend ${trend.toLowerCase()}` }, words(locale)[trend]),
  ].filter(Boolean);
  return parts.length > 0 && make("p", { className: "kicker" }, ...parts);
}

function teaser(article) {
  const link = make("a", { href: address({ article: article.id }) }, article.title);
  const lead = article.lead && make("p", { className: "lead" }, article.lead);
  const element = make("article", {}, about(article), make("h2", {}, link), lead, byline(article));
  return make("li", {}, inLanguage(element, article));
}

function showIssue({ issue }) {
  if (!issue) return note(asked.has("issue") ? own.missing : own.empty);
  document.title = called(issue);
  const neighbours = make("nav", { className: "neighbours", ariaLabel: own.neighbours });
  if (issue.previous) neighbours.append(issueLink(issue.previous, { rel: "prev" }));
  if (issue.next) neighbours.append(issueLink(issue.next, { rel: "next" }));
  const articles = issue.articles.nodes.map(teaser);
  const heading = inLanguage(make("h1", {}, called(issue)), issue);
  const dates = issue.title && inLanguage(make("p", { className: "dates" }, issue.dateRange), issue);
  show(
    make("header", { className: "head" }, dates, heading),
    articles.length > 0 ? make("ol", { className: "articles" }, ...articles) : make("p", {}, own.empty),
    neighbours.hasChildNodes() && neighbours,
  );
}

function showArticle({ article }) {
  if (!article) return note(own.missing);
  document.title = article.title;
  const { issue, corrections } = article;
  const text = make("div", { className: "text" });
  // Masthead gives HTML out of a closed list of elements and attributes.
  text.innerHTML = belowTitle(article.body.html);
  const minutes = words(article.locale).minutes(article.readingMinutes);
  const head = make("header", { className: "head" },
    about(article),
    make("h1", {}, article.title),
    article.lead && make("p", { className: "lead" }, article.lead),
    byline(article),
    make("p", { className: "dates" }, minutes));
  const element = make("article", {}, head, text, corrections.length > 0 && corrected(article));
  const back = issue && make("nav", { className: "neighbours", ariaLabel: own.inThisIssue },
    issueLink(issue, { rel: "up" }));
  show(inLanguage(element, article), back);
}

/** A text whose headings begin at the second level: the title has the first. */
function belowTitle(html) {
  const levels = Array.from(html.matchAll(/<h([1-6])/g), ([, level]) => Number(level));
  const lower = 2 - Math.min(...levels);
  return html.replace(/(<\/?h)([1-6])/g, (_, tag, level) => tag + Math.min(Number(level) + lower, 6));
}

function corrected({ corrections, locale }) {
  const items = corrections.map(({ at, text }) =>
    make("li", {}, make("time", { dateTime: at }, at.slice(0, 10)), ` ${text}`));
  return make("section", { className: "corrections" },
    make("h2", {}, words(locale).corrections), make("ul", {}, ...items));
}

function showPublication({ publication, archive }) {
  if (!publication) return;
  const name = document.getElementById("name");
  name.href = address({});
  // It may have no name in these languages; the page's own stays then.
  if (publication.name) inLanguage(name, publication).textContent = publication.name;
  document.title += ` – ${name.textContent}`;
  const told = document.getElementById("about");
  inLanguage(told, publication).textContent = publication.description;

  const years = archive.years.map(({ year, months }) => {
    const issues = months.flatMap((month) => month.issues);
    const items = issues.map((issue) => make("li", {}, issueLink(issue)));
    return make("section", {}, make("h3", {}, String(year)), make("ul", {}, ...items));
  });
  fill("archive", own.archive, years);

  const feeds = publication.feeds.map(({ kind, url, mediaType, title }) => {
    document.head.append(make("link", { rel: "alternate", type: mediaType, href: url, title }));
    return make("li", {}, make("a", { href: url, type: mediaType }, KINDS[kind]));
  });
  fill("feeds", own.feeds, [make("ul", {}, ...feeds)]);
}

function fill(id, title, content) {
  const place = document.getElementById(id);
  const heading = make("h2", { id: `${id}-heading` }, title);
  place.setAttribute("aria-labelledby", heading.id);
  place.replaceChildren(heading, ...content);
  place.hidden = false;
}

/** Show this in the middle of the page. */
function show(...content) {
  main.replaceChildren(...content.filter(Boolean));
  main.ariaBusy = "false";
}

/** Say why there is nothing to show. */
function note(text) {
  document.title = text;
  show(make("h1", { className: "note" }, text));
}

function fail({ code }) {
  const heading = make("h1", { className: "note" }, own.failed);
  const again = make("button", { type: "button", onclick: () => location.reload() }, own.again);
  document.title = own.failed;
  show(make("div", { role: "alert" }, heading, make("code", {}, code)), again);
}

function showEditions() {
  document.documentElement.lang = reader.locales[0];
  document.querySelector(".skip").textContent = own.skip;
  const same = asked.has("article") ? { article: asked.get("article") }
    : asked.has("issue") ? { issue: asked.get("issue") } : {};
  const links = EDITIONS.map(({ name, label, locales }) => {
    const link = make("a", { href: address(same, name), lang: locales[0], hreflang: locales[0] }, label);
    if (name === reader.name) link.ariaCurrent = "true";
    return make("li", {}, link);
  });
  const editions = document.getElementById("editions");
  editions.ariaLabel = own.editions;
  editions.replaceChildren(make("ul", {}, ...links));
}

async function start() {
  showEditions();
  const { locales } = reader;
  // Both are on their way at once; the page is there without the archive, too.
  const publication = ask(PUBLICATION, { locales }).catch(() => ({}));
  try {
    if (asked.has("article")) {
      showArticle(await ask(ARTICLE, { locales, id: asked.get("article") }));
    } else if (asked.has("issue")) {
      showIssue(await ask(ISSUE_BY_NUMBER, { locales, number: Number(asked.get("issue")) }));
    } else {
      showIssue(await ask(LATEST_ISSUE, { locales }));
    }
  } catch (error) {
    fail(error);
  }
  showPublication(await publication);
}

start();
