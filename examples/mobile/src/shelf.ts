// Keeps the last answer to each question on the device, and shows it when there
// is no other.

import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { address, ask, MastheadError, type Answer } from "./client.js";
import type { TypedDocumentString } from "./generated/graphql.js";

/** An answer as it is kept: with the time at which it was last known to be right. */
interface Kept<Data> extends Answer<Data> {
  at: string;
}

/** Data to be shown, and how fresh it is. */
export interface Shown<Data> {
  data: Data;
  state: "new" | "unchanged" | "offline";
  /** When it was last known to be right. */
  at: Date;
  /** The code of what kept the app from asking; with `offline` alone. */
  code?: string;
}

export class Shelf {
  constructor(
    readonly endpoint: string,
    readonly folder: string,
  ) {}

  /** What answers a document: from the server, else what is kept of it. */
  async get<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Shown<Data>> {
    const url = address(this.endpoint, document, variables);
    const kept = await this.#read<Data>(url);
    try {
      const answer = await ask<Data>(url, kept?.etag);
      const found = answer ?? kept;
      if (!found) throw new MastheadError("UNREACHABLE", "304 without anything kept");
      const at = new Date();
      await this.#keep(url, { ...found, at: at.toISOString() });
      return { data: found.data, state: answer ? "new" : "unchanged", at };
    } catch (error) {
      if (!kept || !(error instanceof MastheadError)) throw error;
      return { data: kept.data, state: "offline", at: new Date(kept.at), code: error.code };
    }
  }

  #file(url: URL): string {
    return join(this.folder, `${createHash("sha256").update(url.href).digest("hex")}.json`);
  }

  async #read<Data>(url: URL): Promise<Kept<Data> | undefined> {
    try {
      return JSON.parse(await readFile(this.#file(url), "utf8")) as Kept<Data>;
    } catch {
      // Never asked, or not readable any more: it is asked for anew.
      return undefined;
    }
  }

  /** Replace what is kept; an app that is ended meanwhile has the former. */
  async #keep<Data>(url: URL, kept: Kept<Data>): Promise<void> {
    const file = this.#file(url);
    await mkdir(this.folder, { recursive: true });
    await writeFile(`${file}.new`, JSON.stringify(kept));
    await rename(`${file}.new`, file);
  }
}
