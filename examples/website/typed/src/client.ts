// A client of Masthead: typed by the documents that it is given, and nothing
// but `fetch`.

import type { TypedDocumentString } from "./generated.js";

/** How long an answer may take, and the longest wait before asking again. */
const PATIENCE = 10_000;
const LONGEST_WAIT = 60_000;
const ATTEMPTS = 3;

interface Answer<Data> {
  data?: Data;
  errors?: { message: string; extensions: { code: string; requestId?: string } }[];
}

/** What went wrong, with a code to branch on: Masthead's, or `UNREACHABLE`. */
export class MastheadError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** What the server's log has the cause under, if it was a fault of its own. */
    readonly requestId?: string,
  ) {
    super(message);
    this.name = "MastheadError";
  }
}

export class Masthead {
  readonly #endpoint: URL;
  /** Answers that were given, with their ETags, by the address that was asked. */
  readonly #known = new Map<string, { etag: string; data: unknown }>();

  constructor(endpoint: string | URL) {
    this.#endpoint = new URL(endpoint);
  }

  /** The data that answers a document. Errors beside data are errors here. */
  async query<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const url = new URL(this.#endpoint);
    url.searchParams.set("query", document.toString().replace(/\s+/g, " ").trim());
    url.searchParams.set("variables", JSON.stringify(variables));
    const known = this.#known.get(url.href);
    const response = await this.#get(url, known?.etag);
    if (response.status === 304 && known) return known.data as Data;
    const { data, errors } = await read<Data>(response);
    if (errors?.[0]) {
      const { message, extensions } = errors[0];
      throw new MastheadError(extensions.code, message, extensions.requestId);
    }
    if (data === undefined) throw new MastheadError("UNREACHABLE", "this is not Masthead's answer");
    const etag = response.headers.get("etag");
    if (etag) this.#known.set(url.href, { etag, data });
    return data;
  }

  /** Ask, and ask again when the server says for how long it can't answer. */
  async #get(url: URL, etag: string | undefined): Promise<Response> {
    const headers = new Headers({ accept: "application/graphql-response+json" });
    if (etag) headers.set("if-none-match", etag);
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE) }).catch(
        (cause: Error) => {
          throw new MastheadError("UNREACHABLE", `${url.origin} does not answer: ${cause.message}`);
        },
      );
      const wait = Number(response.headers.get("retry-after") ?? Number.NaN) * 1000;
      const later = (response.status === 429 || response.status === 503) && wait <= LONGEST_WAIT;
      if (!later || attempt === ATTEMPTS) return response;
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}

async function read<Data>(response: Response): Promise<Answer<Data>> {
  try {
    return (await response.json()) as Answer<Data>;
  } catch {
    throw new MastheadError("UNREACHABLE", `the answer ${response.status} is not JSON`);
  }
}
