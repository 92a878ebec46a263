// Writes the latest issue of every edition into `dist`, a page each for the
// issue and its articles, at the addresses that the publication gives them.

import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { Masthead, MastheadError } from "./client.js";
import { LatestIssueDocument, type IssueFragment } from "./generated.js";
import type { Html } from "./html.js";
import { articlePage, issuePage, type Frame, type Publication } from "./pages.js";
import { EDITIONS, type Edition } from "./words.js";

const ENDPOINT = process.env["MASTHEAD"] ?? "http://127.0.0.1:8000/graphql";
const SITE = "dist";

interface Week {
  edition: Edition;
  publication: Publication;
  issue: IssueFragment;
  /** The addresses that it has pages at. */
  urls: ReadonlySet<string>;
}

/** The latest issue as an edition has it; nothing where it has none. */
async function week(masthead: Masthead, edition: Edition): Promise<Week[]> {
  const { locales } = edition;
  const { publication, latestIssue: issue } = await masthead.query(LatestIssueDocument, { locales });
  if (!publication || !issue) return [];
  const articles = issue.articles.nodes.map(({ url }) => url);
  return [{ edition, publication, issue, urls: new Set([issue.url, ...articles]) }];
}

/** What a thing's page in a week is put into: where else it has one. */
function frame(thing: Pick<IssueFragment, "translations">, here: Week, weeks: Week[]): Frame {
  const alternates = thing.translations.filter(({ url }) => weeks.some(({ urls }) => urls.has(url)));
  const editions = weeks.map(({ edition, issue, urls }) => ({
    label: edition.label,
    locale: edition.locales[0],
    url: alternates.find(({ url }) => urls.has(url))?.url ?? issue.url,
    isThis: edition === here.edition,
  }));
  return { publication: here.publication, alternates, editions };
}

async function write(path: string, page: Html): Promise<void> {
  const file = join(SITE, decodeURI(path), "index.html");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, page.markup);
}

async function main(): Promise<void> {
  const masthead = new Masthead(ENDPOINT);
  const weeks = (await Promise.all(EDITIONS.map((edition) => week(masthead, edition)))).flat();
  // Nothing of the site that is there goes before all of the new one is known.
  await rm(SITE, { recursive: true, force: true });
  for (const here of weeks) {
    const { issue } = here;
    const front = issuePage(issue, frame(issue, here, weeks));
    await write(new URL(issue.url).pathname, front);
    if (here === weeks[0]) await write("/", front);
    for (const article of issue.articles.nodes) {
      const page = articlePage(article, issue, frame(article, here, weeks));
      await write(new URL(article.url).pathname, page);
    }
    console.log(`${here.edition.label}: ${here.urls.size} pages, ${new URL(issue.url).pathname}`);
  }
  if (weeks.length > 0) await copyFile("../plain/style.css", join(SITE, "style.css"));
}

main().catch((error: unknown) => {
  if (!(error instanceof MastheadError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
});
