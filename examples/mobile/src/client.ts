// Asks Masthead for documents that it knows: by their ids, never by their text.

import type { TypedDocumentString } from "./generated/graphql.js";

const PATIENCE = 10_000;

/** What went wrong, with a code to branch on: Masthead's, or `UNREACHABLE`. */
export class MastheadError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
    this.name = "MastheadError";
  }
}

interface Body<Data> {
  data: Data;
  errors?: [{ message: string; extensions: { code: string } }];
}

/** Data and the ETag that it had. */
export interface Answer<Data> {
  data: Data;
  etag: string;
}

/** The address that answers a document, for these variables. */
export function address<Data, Variables>(
  endpoint: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): URL {
  const url = new URL(endpoint);
  url.searchParams.set("documentId", String(document.__meta__?.["hash"]));
  url.searchParams.set("variables", JSON.stringify(variables));
  return url;
}

/** What an address answers; nothing where it is still what had this ETag. */
export async function ask<Data>(url: URL, etag?: string): Promise<Answer<Data> | undefined> {
  const headers = new Headers({ accept: "application/graphql-response+json" });
  if (etag) headers.set("if-none-match", etag);
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE) });
    if (response.status === 304) return undefined;
    const { data, errors } = (await response.json()) as Body<Data>;
    if (errors) throw new MastheadError(errors[0].extensions.code, errors[0].message);
    return { data, etag: response.headers.get("etag") ?? "" };
  } catch (error) {
    if (error instanceof MastheadError) throw error;
    throw new MastheadError("UNREACHABLE", `${url.host} does not answer as it should`);
  }
}
