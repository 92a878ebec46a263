// Opens pages with the embed in Chromium, and tells what is to be seen there.
// Arguments: a folder with playwright-core and axe-core, the server's address, a
// key that is for one topic, and one that pages elsewhere may use.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [tools, api, ofTopic, ofOthers] = process.argv.slice(2);
const require = createRequire(join(tools, "node_modules/"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const script = `<script async src="${api}/embed.js"></script>`;
const feed = `<masthead-feed locales="en"><a href="/">The publication</a></masthead-feed>`;
const page = (body, head = "") =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Partner</title>
   <meta name="viewport" content="width=device-width, initial-scale=1">${head}</head>
   <body><main><h1>Partner</h1>${body}</main></body></html>`;

const plain = page(
  `${script}${feed}<masthead-feed locales="ar,en"></masthead-feed>
   <masthead-feed locales="en" topic="water"></masthead-feed>
   <masthead-issue locales="en" number="7"></masthead-issue>`,
);
const hostile = `<style>
  * { color: #f0f !important; font: 3rem/1 fantasy !important; direction: rtl; float: left; }
  a, h3, li { display: none !important; } article { position: fixed !important; }
</style>`;
const pages = {
  "/plain": plain,
  "/strict": plain,
  "/hostile": page(`${script}${feed}${feed}${script}`, hostile),
  "/keyed": page(`${script}${feed.replace(" ", ` key="${ofTopic}" `)}${feed}`),
  "/elsewhere": page(`${script}${feed.replace(" ", ` key="${ofOthers}" `)}`),
  "/wrong": page(`${script}${feed.replace('"en"', '"xx"')}`),
};
// Nothing but the embed's own server; no markup is made of texts.
const policy = `default-src 'none'; script-src ${api}; connect-src ${api}; base-uri 'none'; require-trusted-types-for 'script'`;

const partner = createServer((request, response) => {
  const text = pages[request.url];
  const headers = { "content-type": "text/html; charset=utf-8" };
  if (request.url === "/strict") headers["content-security-policy"] = policy;
  response.writeHead(text ? 200 : 204, headers).end(text);
});
await new Promise((done) => partner.listen(0, "127.0.0.1", done));
const site = `http://127.0.0.1:${partner.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const loaded = () => {
  const all = [...document.querySelectorAll("masthead-feed, masthead-issue")];
  return all.length > 0 && all.every((one) => one.shadowRoot && !one.hasAttribute("aria-busy")
    && (one.dataset.error || one.shadowRoot.querySelector(".container")));
};

const facts = () => {
  const all = [...document.querySelectorAll("masthead-feed, masthead-issue")];
  const each = (read) => all.map((one) => [...one.shadowRoot.querySelectorAll("article")].map(read));
  const title = document.querySelector("masthead-feed").shadowRoot.querySelector("[part~=title]");
  return {
    titles: each((article) => article.querySelector("[part~=title]").innerText),
    directions: each((article) => getComputedStyle(article).direction),
    colour: title && getComputedStyle(title).color,
    scrolls: document.documentElement.scrollWidth > innerWidth,
    text: all[0].innerText,
    error: all[0].dataset.error,
  };
};

const look = async (address, options = {}, use = async () => ({})) => {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const console = [];
  let requests = 0;
  tab.on("console", (message) => console.push(message.text()));
  tab.on("pageerror", (error) => console.push(String(error)));
  tab.on("request", (request) => { requests += request.url().includes("documentId"); });
  await tab.goto(address);
  await tab.waitForFunction(loaded, null, { timeout: 20_000 });
  const seen = { ...(await tab.evaluate(facts)), console: [...console], requests };
  seen.violations = await use(tab);
  await context.close();
  return seen;
};

const violations = async (tab) => {
  await tab.evaluate(axe);
  const { violations: found } = await tab.evaluate(() => window.axe.run());
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
};

// No script but the embed's runs there: axe has to be let in from outside.
const nothing = async () => [];

const seen = {
  plain: await look(`${site}/plain`, {}, violations),
  phone: await look(`${site}/plain`, { viewport: { width: 360, height: 740 } }, violations),
  dark: await look(`${site}/plain`, { colorScheme: "dark" }, violations),
  strict: await look(`${site}/strict`, {}, nothing),
  hostile: await look(`${site}/hostile`, {}, nothing),
  builder: await look(`${api}/embed`, {}, violations),
  keyed: await look(`${site}/keyed`, {}, violations),
  elsewhere: await look(`${site}/elsewhere`, {}, nothing),
  wrong: await look(`${site}/wrong`, {}, nothing),
};

const scriptless = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
await scriptless.goto(`${site}/plain`);
seen.scriptless = { text: await scriptless.locator("masthead-feed").first().innerText() };

// The snippet that the page makes, put where a partner would put it.
const maker = await browser.newPage();
const made = async () => {
  const snippet = maker.locator("#snippet");
  await snippet.filter({ hasText: "noscript" }).waitFor();
  return snippet.innerText();
};
await maker.goto(`${api}/embed`);
const ofAll = await made();
await maker.getByLabel("An issue").check();
await maker.getByLabel("Number of the issue").fill("7");
await maker.waitForFunction(() => document.getElementById("snippet").innerText.includes('number="7"'));
const ofIssue = await made();
pages["/made"] = page(`${ofAll}${ofIssue}`);
seen.made = await look(`${site}/made`, {}, violations);
await scriptless.goto(`${site}/made`);
const elements = scriptless.locator("masthead-feed, masthead-issue");
seen.made.scriptless = await elements.allInnerTexts();
const feeds = await elements.locator("noscript a").evaluateAll((links) => links.map((link) => link.href));
seen.made.feeds = await Promise.all(feeds.map(async (feed) => {
  const answer = await fetch(feed);
  return [new URL(feed).pathname, answer.status, answer.headers.get("content-type")];
}));

const keys = await browser.newPage();
await keys.goto(`${site}/plain`);
await keys.waitForFunction(loaded);
seen.focus = [];
for (let stop = 0; stop < 4; stop += 1) {
  await keys.keyboard.press("Tab");
  seen.focus.push(await keys.evaluate(() => {
    const inner = document.activeElement.shadowRoot?.activeElement;
    return inner?.getAttribute("part") ?? document.activeElement.localName;
  }));
}

await browser.close();
partner.close();
process.stdout.write(JSON.stringify(seen));
