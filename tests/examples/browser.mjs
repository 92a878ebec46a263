// Opens pages of the examples in Chromium, and tells what is to be seen there.
// Arguments: a folder with playwright-core and axe-core, and the pages as JSON:
// by name, the folder that is served, the address of Masthead, the path, what is
// there when the page is ready, and how the window is.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

const [tools, pages] = process.argv.slice(2);
const require = createRequire(join(tools, "node_modules/"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };

/** A server of a folder, with another Masthead than the examples name. */
const serve = async (folder, masthead) => {
  const server = createServer((request, response) => {
    const path = decodeURI(new URL(request.url, "http://site").pathname);
    const file = extname(path) ? path : join(path, "index.html");
    try {
      const text = readFileSync(join(folder, file), "utf8");
      response.writeHead(200, { "content-type": types[extname(file)] });
      response.end(text.replaceAll("http://127.0.0.1:8000", masthead));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const facts = () => {
  const { documentElement: root, body } = document;
  return {
    title: document.title,
    lang: root.lang,
    scrolls: root.scrollWidth > innerWidth,
    background: getComputedStyle(body).backgroundColor,
    text: document.querySelector("main").innerText,
  };
};

const look = async ({ folder, masthead, path, ready, window = {} }) => {
  const server = await serve(folder, masthead);
  const context = await browser.newContext(window);
  // Before the page's own policy, which lets nothing else in.
  await context.addInitScript(axe);
  const tab = await context.newPage();
  const console = [];
  tab.on("console", (message) => console.push(message.text()));
  tab.on("pageerror", (error) => console.push(String(error)));
  await tab.goto(`http://127.0.0.1:${server.address().port}${path}`);
  for (const selector of ready) await tab.locator(selector).first().waitFor({ timeout: 20_000 });
  const titles = tab.locator("main :is(h1, h2 a, [part~=title])");
  const seen = {
    ...(await tab.evaluate(facts)),
    titles: await titles.allInnerTexts(),
    languages: await tab.locator("main article").evaluateAll((all) => all.map((one) => one.lang)),
    console: [...console],
  };
  if (window.javaScriptEnabled !== false) {
    const { violations } = await tab.evaluate(() => window.axe.run());
    seen.violations = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(", ")}`);
  }
  await context.close();
  server.close();
  server.closeAllConnections();
  return seen;
};

const seen = {};
for (const [name, page] of Object.entries(JSON.parse(pages))) seen[name] = await look(page);
await browser.close();
process.stdout.write(JSON.stringify(seen));
