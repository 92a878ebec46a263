// What other programs make of feeds: takes a folder of feeds, parses all kinds by
// feedsmith and those of XML by rss-parser too, and prints as JSON what was read.
// Any fault of a parser ends it.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [tools, folder] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const { parseAtomFeed, parseJsonFeed, parseRssFeed } = require("feedsmith");
const RssParser = require("rss-parser");

const read = {};
for (const name of readdirSync(folder).sort()) {
  const text = readFileSync(join(folder, name), "utf8");
  if (name.endsWith(".json")) {
    read[name] = parseJsonFeed(text).items?.map(({ id, url, title }) => [id, url, title]) ?? [];
    continue;
  }
  const items = name.endsWith(".rss")
    ? parseRssFeed(text).items?.map(({ guid, link, title }) => [guid.value, link, title])
    : parseAtomFeed(text).entries?.map(({ id, links, title }) => [
        id,
        links[0].href,
        title.value ?? title,
      ]);
  read[name] = items ?? [];
  const other = await new RssParser().parseString(text);
  if (other.items.length !== read[name].length) {
    throw new Error(`${name}: rss-parser reads ${other.items.length}`);
  }
}
process.stdout.write(JSON.stringify(read));
