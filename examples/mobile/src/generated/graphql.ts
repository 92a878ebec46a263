/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What happened to the topic that week. */
export type Trend =
  /** The situation got worse. */
  | 'DETERIORATED'
  /** The situation improved. */
  | 'IMPROVED'
  /** The situation has not changed. */
  | 'UNCHANGED';

export type WeekQueryVariables = Exact<{
  locales: ReadonlyArray<string> | string;
}>;


export type WeekQuery = { readonly publication: { readonly name: string | null } | null, readonly latestIssue: { readonly number: number, readonly title: string | null, readonly dateRange: string, readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly lead: string, readonly trend: Trend | null, readonly locale: string, readonly isFallback: boolean, readonly topic: { readonly name: string } | null, readonly authors: ReadonlyArray<{ readonly name: string }> }> } } | null };

export type TextsQueryVariables = Exact<{
  locales: ReadonlyArray<string> | string;
  number: number;
  after?: string | null | undefined;
}>;


export type TextsQuery = { readonly issue: { readonly articles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly body: { readonly text: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

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

export const WeekDocument = {"__meta__":{"hash":"sha256:3c7aee547af38b11949293a29e44dd1945b34db39afb8ca17be9cf7971720c87"}} as unknown as TypedDocumentString<WeekQuery, WeekQueryVariables>;
export const TextsDocument = {"__meta__":{"hash":"sha256:c8baef15cb356f0c90b5d226c85f8fbf98996e43b2bce0325cd0625a295cbe8c"}} as unknown as TypedDocumentString<TextsQuery, TextsQueryVariables>;