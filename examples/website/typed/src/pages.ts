// What the pages look like. Each text says which language it is in, for within
// one edition there are several.

import type { ArticleFragment, IssueFragment, LatestIssueQuery, TextDirection } from "./generated.js";
import { belowTitle, html, Html } from "./html.js";
import { words } from "./words.js";

export type Publication = NonNullable<LatestIssueQuery["publication"]>;

/** What a page is put into. */
export interface Frame {
  publication: Publication;
  /** The same in each language that has a page of it. */
  alternates: readonly { locale: string; url: string }[];
  /** Each edition's page of it, or else that edition's issue. */
  editions: readonly { label: string; locale: string; url: string; isThis: boolean }[];
}

interface Worded {
  locale: string;
  direction: TextDirection;
}

const KINDS = { RSS: "RSS", ATOM: "Atom", JSON_FEED: "JSON Feed" };

/** Frontends show the days of an issue that has no title. */
const called = (issue: IssueFragment) => issue.title ?? issue.dateRange;

/** Within the site an address is its path. */
const path = (url: string) => new URL(url).pathname;

const language = ({ locale, direction }: Worded) =>
  html`lang="${locale}" dir="${direction.toLowerCase()}"`;

export function issuePage(issue: IssueFragment, frame: Frame): Html {
  const articles = issue.articles.nodes.map(
    (article) => html`
<li>
<article ${language(article)}>
${kicker(article)}
<h2><a href="${path(article.url)}">${article.title}</a></h2>
${article.lead && html`<p class="lead">${article.lead}</p>`}
${byline(article)}
</article>
</li>`,
  );
  const content = html`
<header class="head" ${language(issue)}>
${issue.title && html`<p class="dates">${issue.dateRange}</p>`}
<h1>${called(issue)}</h1>
</header>
<ol class="articles">${articles}
</ol>`;
  return page(called(issue), issue, frame, content);
}

export function articlePage(article: ArticleFragment, issue: IssueFragment, frame: Frame): Html {
  const corrections = article.corrections.map(
    ({ at, text }) => html`<li><time datetime="${at}">${at.slice(0, 10)}</time> ${text}</li>`,
  );
  const own = words(article.locale);
  const content = html`
<article ${language(article)}>
<header class="head">
${kicker(article)}
<h1>${article.title}</h1>
${article.lead && html`<p class="lead">${article.lead}</p>`}
${byline(article)}
<p class="dates">${own.minutes(article.readingMinutes)}</p>
</header>
<div class="text">
${belowTitle(article.body.html)}</div>
${corrections.length > 0 && html`<section class="corrections"><h2>${own.corrections}</h2><ul>${corrections}</ul></section>`}
</article>
<nav class="neighbours" aria-label="${called(issue)}">
<a rel="up" href="${path(issue.url)}" ${language(issue)}>${called(issue)}</a>
</nav>`;
  return page(article.title, article, frame, content);
}

function kicker({ topic, trend, locale }: ArticleFragment): Html | false {
  return (topic !== null || trend !== null) && html`<p class="kicker">
${topic && html`<span class="topic" ${language(topic)}>${topic.name}</span>`}
${trend && html`<span class="trend ${trend.toLowerCase()}">${words(locale).trends[trend]}</span>`}
</p>`;
}

function byline({ authors }: ArticleFragment): Html | false {
  const names = authors.map((author) => html`<span ${language(author)}>${author.name}</span>`);
  return names.length > 0 && html`<p class="byline">${names}</p>`;
}

/** What has a page. */
interface Shown extends Worded {
  url: string;
  jsonLd: string;
}

function page(title: string, thing: Shown, frame: Frame, content: Html): Html {
  const { publication, alternates, editions } = frame;
  const edition = editions.find(({ isThis }) => isThis)?.locale ?? thing.locale;
  const own = words(edition);
  const other = alternates.find(({ locale }) => locale === publication.defaultLocale);
  return html`<!doctype html>
<html lang="${edition}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${[title, publication.name].filter(Boolean).join(" – ")}</title>
<link rel="canonical" href="${thing.url}">
${alternates.map(({ locale, url }) => html`<link rel="alternate" hreflang="${locale}" href="${url}">
`)}${other && html`<link rel="alternate" hreflang="x-default" href="${other.url}">
`}${publication.feeds.map((feed) => html`<link rel="alternate" type="${feed.mediaType}" href="${feed.url}" title="${feed.title}">
`)}<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<script type="application/ld+json">${new Html(thing.jsonLd)}</script>
</head>
<body>
<a class="skip" href="#content">${own.skip}</a>
<header class="top" ${language(publication)}>
<p class="name">${publication.name}</p>
<p class="about">${publication.description}</p>
<nav id="editions" aria-label="${own.editions}">
<ul>${editions.map(({ label, locale, url, isThis }) => html`
<li><a href="${path(url)}" lang="${locale}" hreflang="${locale}" ${isThis && html`aria-current="true"`}>${label}</a></li>`)}
</ul>
</nav>
</header>
<main id="content" tabindex="-1">${content}
</main>
<footer class="bottom">
<h2>${own.feeds}</h2>
<ul>${publication.feeds.map((feed) => html`
<li><a href="${feed.url}" type="${feed.mediaType}">${KINDS[feed.kind]}</a></li>`)}
</ul>
</footer>
</body>
</html>
`;
}
