// The page where partners make a snippet and see what it shows.
"use strict";

const form = document.getElementById("choices");
const preview = document.getElementById("preview");
const snippet = document.getElementById("snippet");
const copied = document.getElementById("copied");

// What readers see until the script runs: a link to the publication.
let publication = { name: "", url: "", locales: [] };

const escaped = (text) =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The attributes that the form asks for, without those that change nothing. */
const chosen = () => {
  const data = new FormData(form);
  const element = data.get("element");
  const shown = data.getAll("show");
  const all = form.querySelectorAll('[name="show"]').length;
  const isFeed = element === "masthead-feed";
  const attributes = {
    locales: data.get("locales").trim().replace(/[\s,]+/g, ","),
    topic: isFeed ? data.get("topic") : "",
    author: isFeed ? data.get("author") : "",
    number: isFeed ? "" : data.get("number"),
    limit: data.get("limit"),
    theme: data.get("theme") === "auto" ? "" : data.get("theme"),
  };
  const named = Object.entries(attributes).filter(([, value]) => value);
  // An empty list is a choice, too.
  if (shown.length < all) named.push(["show", shown.join(" ")]);
  return { element, attributes: named };
};

const link = (address, text, more = "") => `<a href="${escaped(address)}"${more}>${escaped(text)}</a>`;

/** The address of a feed of the same, which needs no script. */
const feed = ({ element, attributes }) => {
  const { locales = publication.locales[0].tag, topic, author, number } = Object.fromEntries(attributes);
  const named = (kind, name) => `${kind}/${encodeURIComponent(name)}`;
  let what = "articles";
  if (element === "masthead-issue") what = named("issues", number ?? "latest");
  else if (topic) what = named("topics", topic);
  else if (author) what = named("authors", author);
  return new URL(`feeds/${locales}/${what}.rss`, document.baseURI).href;
};

/** What stands inside of the element: it is seen until the script has run. */
const inside = (choice) => {
  if (!publication.url) return "";
  const name = publication.name || publication.url;
  const subscribe = link(feed(choice), `${name} (RSS)`, ' type="application/rss+xml"');
  return `${link(publication.url, name)}<noscript> · ${subscribe}</noscript>`;
};

const update = () => {
  const choice = chosen();
  const { element, attributes } = choice;
  for (const field of form.querySelectorAll("[data-for]")) {
    field.hidden = field.dataset.for !== element;
  }
  const written = attributes.map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  const address = new URL("embed.js", document.baseURI).href;
  snippet.textContent =
    `<script async src="${escaped(address)}"></` + `script>\n` +
    `<${element}${written}>${inside(choice)}</${element}>`;
  const shown = document.createElement(element);
  for (const [name, value] of attributes) shown.setAttribute(name, value);
  preview.replaceChildren(shown);
  copied.textContent = "";
};

const offer = (select, things) => {
  for (const { slug, name } of things) select.append(new Option(name, slug));
};

const start = async () => {
  const answer = await fetch("graphql?documentId=masthead-choices-1", { credentials: "omit" });
  const { data } = await answer.json();
  if (!data) return;
  publication = data.publication;
  const known = publication.locales.map(({ tag, name }) => `${tag} (${name})`);
  document.getElementById("locales-known").textContent = known.join(", ");
  form.elements.locales.value ||= publication.locales[0]?.tag ?? "";
  offer(form.elements.topic, data.topics.nodes);
  offer(form.elements.author, data.authors.nodes);
};

let later;
form.addEventListener("input", () => {
  // Not at each key that is pressed.
  clearTimeout(later);
  later = setTimeout(update, 250);
});
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(snippet.textContent);
    copied.textContent = "Copied.";
  } catch {
    // The page is not on https: select it for the reader to copy.
    getSelection().selectAllChildren(snippet);
    copied.textContent = "Selected: copy it with the keyboard.";
  }
});

start().finally(update);
