// The app: shows the week's issue, or the text of one of its articles.

import { parseArgs } from "node:util";

import { MastheadError } from "./client.js";
import { TextsDocument, WeekDocument, type TextsQuery } from "./generated/graphql.js";
import { articleScreen, weekScreen } from "./screens.js";
import { Shelf, type Shown } from "./shelf.js";

interface Text {
  id: string;
  text: string;
  shown: Shown<unknown>;
}

/** The texts of an issue in its order. A page is asked for when it is needed. */
async function* texts(shelf: Shelf, locales: string[], number: number): AsyncGenerator<Text> {
  let after: string | null = null;
  do {
    const shown: Shown<TextsQuery> = await shelf.get(TextsDocument, { locales, number, after });
    const page = shown.data.issue?.articles;
    for (const { id, body } of page?.nodes ?? []) yield { id, text: body.text, shown };
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
}

async function screen(shelf: Shelf, locales: string[], place?: string): Promise<string> {
  const week = await shelf.get(WeekDocument, { locales });
  const issue = week.data.latestIssue;
  if (!issue) return "Nothing has been published in these languages yet.";
  if (place === undefined) return weekScreen(issue, week.data.publication?.name ?? null, week);
  const article = issue.articles.nodes[Number(place) - 1];
  if (article) {
    for await (const { id, text, shown } of texts(shelf, locales, issue.number)) {
      if (id === article.id) return articleScreen(article, text, shown);
    }
  }
  return `There is no article ${place} in this issue.`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    // The reader's languages: what has no Belarusian text is shown in Russian.
    locales: { type: "string", default: "be,ru" },
    server: { type: "string", default: "http://127.0.0.1:8000/graphql" },
    shelf: { type: "string", default: ".shelf" },
  },
});

try {
  const shelf = new Shelf(values.server, values.shelf);
  console.log(await screen(shelf, values.locales.split(","), positionals[0]));
} catch (error) {
  if (!(error instanceof MastheadError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
