/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** In which format a feed is written. */
export type FeedKind =
  /** Atom (RFC 4287). */
  | 'ATOM'
  /** JSON Feed 1.1. */
  | 'JSON_FEED'
  /** RSS 2.0. */
  | 'RSS';

/** Which way a text runs. */
export type TextDirection =
  /** From left to right. */
  | 'LTR'
  /** From right to left. */
  | 'RTL';

/** What happened to the topic that week. */
export type Trend =
  /** The situation got worse. */
  | 'DETERIORATED'
  /** The situation improved. */
  | 'IMPROVED'
  /** The situation has not changed. */
  | 'UNCHANGED';

export type LatestIssueQueryVariables = Exact<{
  locales: ReadonlyArray<string> | string;
}>;


export type LatestIssueQuery = { readonly publication: { readonly name: string | null, readonly description: string | null, readonly locale: string, readonly direction: TextDirection, readonly defaultLocale: string, readonly feeds: ReadonlyArray<{ readonly kind: FeedKind, readonly url: string, readonly mediaType: string, readonly title: string }> } | null, readonly latestIssue: { readonly title: string | null, readonly dateRange: string, readonly url: string, readonly locale: string, readonly direction: TextDirection, readonly jsonLd: string, readonly translations: ReadonlyArray<{ readonly locale: string, readonly url: string }>, readonly articles: { readonly nodes: ReadonlyArray<{ readonly title: string, readonly lead: string, readonly url: string, readonly locale: string, readonly direction: TextDirection, readonly trend: Trend | null, readonly readingMinutes: number, readonly jsonLd: string, readonly body: { readonly html: string }, readonly corrections: ReadonlyArray<{ readonly at: string, readonly text: string }>, readonly topic: { readonly name: string, readonly locale: string, readonly direction: TextDirection } | null, readonly authors: ReadonlyArray<{ readonly name: string, readonly locale: string, readonly direction: TextDirection }>, readonly translations: ReadonlyArray<{ readonly locale: string, readonly url: string }> }> } } | null };

export type IssueFragment = { readonly title: string | null, readonly dateRange: string, readonly url: string, readonly locale: string, readonly direction: TextDirection, readonly jsonLd: string, readonly translations: ReadonlyArray<{ readonly locale: string, readonly url: string }>, readonly articles: { readonly nodes: ReadonlyArray<{ readonly title: string, readonly lead: string, readonly url: string, readonly locale: string, readonly direction: TextDirection, readonly trend: Trend | null, readonly readingMinutes: number, readonly jsonLd: string, readonly body: { readonly html: string }, readonly corrections: ReadonlyArray<{ readonly at: string, readonly text: string }>, readonly topic: { readonly name: string, readonly locale: string, readonly direction: TextDirection } | null, readonly authors: ReadonlyArray<{ readonly name: string, readonly locale: string, readonly direction: TextDirection }>, readonly translations: ReadonlyArray<{ readonly locale: string, readonly url: string }> }> } };

export type ArticleFragment = { readonly title: string, readonly lead: string, readonly url: string, readonly locale: string, readonly direction: TextDirection, readonly trend: Trend | null, readonly readingMinutes: number, readonly jsonLd: string, readonly body: { readonly html: string }, readonly corrections: ReadonlyArray<{ readonly at: string, readonly text: string }>, readonly topic: { readonly name: string, readonly locale: string, readonly direction: TextDirection } | null, readonly authors: ReadonlyArray<{ readonly name: string, readonly locale: string, readonly direction: TextDirection }>, readonly translations: ReadonlyArray<{ readonly locale: string, readonly url: string }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ArticleFragmentDoc = new TypedDocumentString(`
    fragment Article on Article {
  title
  lead
  url
  locale
  direction
  trend
  readingMinutes
  body {
    html
  }
  corrections {
    at
    text
  }
  topic {
    name
    locale
    direction
  }
  authors {
    name
    locale
    direction
  }
  translations {
    locale
    url
  }
  jsonLd
}
    `, {"fragmentName":"Article"}) as unknown as TypedDocumentString<ArticleFragment, unknown>;
export const IssueFragmentDoc = new TypedDocumentString(`
    fragment Issue on Issue {
  title
  dateRange
  url
  locale
  direction
  translations {
    locale
    url
  }
  jsonLd
  articles(first: 100) {
    nodes {
      ...Article
    }
  }
}
    fragment Article on Article {
  title
  lead
  url
  locale
  direction
  trend
  readingMinutes
  body {
    html
  }
  corrections {
    at
    text
  }
  topic {
    name
    locale
    direction
  }
  authors {
    name
    locale
    direction
  }
  translations {
    locale
    url
  }
  jsonLd
}`, {"fragmentName":"Issue"}) as unknown as TypedDocumentString<IssueFragment, unknown>;
export const LatestIssueDocument = new TypedDocumentString(`
    query LatestIssue($locales: [Locale!]!) {
  publication(locales: $locales) {
    name
    description
    locale
    direction
    defaultLocale
    feeds {
      kind
      url
      mediaType
      title
    }
  }
  latestIssue(locales: $locales) {
    ...Issue
  }
}
    fragment Issue on Issue {
  title
  dateRange
  url
  locale
  direction
  translations {
    locale
    url
  }
  jsonLd
  articles(first: 100) {
    nodes {
      ...Article
    }
  }
}
fragment Article on Article {
  title
  lead
  url
  locale
  direction
  trend
  readingMinutes
  body {
    html
  }
  corrections {
    at
    text
  }
  topic {
    name
    locale
    direction
  }
  authors {
    name
    locale
    direction
  }
  translations {
    locale
    url
  }
  jsonLd
}`) as unknown as TypedDocumentString<LatestIssueQuery, LatestIssueQueryVariables>;