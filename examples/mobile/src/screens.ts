// The app's screens, as text: the week, and an article of it.

import type { WeekQuery } from "./generated/graphql.js";
import type { Shown } from "./shelf.js";

export type Issue = NonNullable<WeekQuery["latestIssue"]>;
export type Article = Issue["articles"]["nodes"][number];

const TRENDS = { IMPROVED: "↗", UNCHANGED: "→", DETERIORATED: "↘" };

export function weekScreen(issue: Issue, name: string | null, week: Shown<unknown>): string {
  const articles = issue.articles.nodes.map((article, place) => {
    const about = [article.topic?.name, ...article.authors.map((author) => author.name)];
    return [
      `${place + 1} ${article.trend ? TRENDS[article.trend] : " "} ${article.title}${tag(article)}`,
      ...(article.lead ? [`    ${article.lead}`] : []),
      `    ${about.filter(Boolean).join(" · ")}`,
    ].join("\n");
  });
  // Frontends show the days of an issue that has no title.
  const head = issue.title ? [issue.title, issue.dateRange] : [issue.dateRange];
  return [[...head, ...(name ? [name] : []), freshness(week)].join("\n"), ...articles].join("\n\n");
}

export function articleScreen(article: Article, text: string, shown: Shown<unknown>): string {
  return [`${article.title}${tag(article)}`, freshness(shown), text.replaceAll("\n", "\n\n")].join("\n\n");
}

/** The language of what is not in the reader's first one. */
function tag({ isFallback, locale }: Article): string {
  return isFallback ? ` [${locale}]` : "";
}

function freshness({ state, at, code }: Shown<unknown>): string {
  switch (state) {
    case "new":
      return "(new)";
    case "unchanged":
      return "(nothing new)";
    case "offline":
      return `(offline, ${code}: as it was ${ago(at)})`;
  }
}

function ago(at: Date): string {
  const minutes = Math.round((Date.now() - at.getTime()) / 60_000);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (minutes < 60) return words.format(-minutes, "minute");
  if (minutes < 48 * 60) return words.format(-Math.round(minutes / 60), "hour");
  return words.format(-Math.round(minutes / 60 / 24), "day");
}
