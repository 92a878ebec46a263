// Asks Masthead. Questions go by GET, so that the browser's own cache keeps the
// answers and asks again with their ETags; there is nothing to do for it here.

const ENDPOINT = document.querySelector('meta[name="masthead"]').content;
const PATIENCE = 10_000;

/** What went wrong, with a code to branch on: Masthead's, or UNREACHABLE. */
export class MastheadError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** The data that answers a document. */
export async function ask(document, variables) {
  const url = new URL(ENDPOINT);
  // Addresses have a length: white space need not be sent.
  url.searchParams.set("query", document.replace(/\s+/g, " ").trim());
  url.searchParams.set("variables", JSON.stringify(variables));
  const { data, errors } = await fetched(url);
  // There may be errors beside data. This page does not show half of a thing.
  if (errors) throw new MastheadError(errors[0].extensions.code, errors[0].message);
  return data;
}

async function fetched(url) {
  try {
    const response = await fetch(url, {
      headers: { accept: "application/graphql-response+json" },
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return await response.json();
  } catch (cause) {
    throw new MastheadError("UNREACHABLE", cause.message);
  }
}
