// Lets the typed client ask a server that answers as it is told here, and tells
// what the client made of it. Argument: the folder that the client is built in.
import { createServer } from "node:http";
import { join } from "node:path";

const [build] = process.argv.slice(2);
const { Masthead } = await import(join(build, "client.js"));
const { LatestIssueDocument } = await import(join(build, "generated.js"));

const failed = (code) => JSON.stringify({ errors: [{ message: "no", extensions: { code } }] });
const data = { latestIssue: null };
const answers = {
  "busy, then answered": [
    [429, { "retry-after": "0" }, failed("RATE_LIMITED")],
    [200, { etag: '"first"' }, JSON.stringify({ data })],
  ],
  "not changed": [[304, {}, "", '"first"']],
  "an error beside data": [[294, {}, failed("UNKNOWN_LOCALE")]],
  "busy for an hour": [[429, { "retry-after": "3600" }, failed("RATE_LIMITED")]],
  "unavailable throughout": Array(4).fill([503, { "retry-after": "0" }, failed("DATABASE_UNAVAILABLE")]),
  "a proxy's page": [[502, { "content-type": "text/html" }, "<h1>Bad gateway</h1>"]],
  "JSON of something else": [[200, {}, "{}"]],
};

let left = [];
let asked = 0;
const server = createServer((request, response) => {
  const [status, headers, body, etag] = left[asked] ?? [500, {}, ""];
  asked += 1;
  const isExpected = !etag || request.headers["if-none-match"] === etag;
  response.writeHead(isExpected ? status : 500, headers).end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

const masthead = new Masthead(`http://127.0.0.1:${server.address().port}/graphql`);
const outcome = async () => {
  asked = 0;
  try {
    const answer = await masthead.query(LatestIssueDocument, { locales: ["en"] });
    return { data: answer, asked };
  } catch ({ code }) {
    return { code, asked };
  }
};

const seen = {};
for (const [name, replies] of Object.entries(answers)) {
  left = replies;
  seen[name] = await outcome();
}
server.close();
server.closeAllConnections();
seen.gone = await outcome();
process.stdout.write(JSON.stringify(seen));
