/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Week($locales: [Locale!]!) {\n  publication(locales: $locales) {\n    name\n  }\n  latestIssue(locales: $locales) {\n    number\n    title\n    dateRange\n    articles(first: 100) {\n      nodes {\n        id\n        title\n        lead\n        trend\n        locale\n        isFallback\n        topic {\n          name\n        }\n        authors {\n          name\n        }\n      }\n    }\n  }\n}\n\nquery Texts($locales: [Locale!]!, $number: Int!, $after: String) {\n  issue(by: {number: $number}, locales: $locales) {\n    articles(first: 2, after: $after) {\n      nodes {\n        id\n        body {\n          text\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": typeof types.WeekDocument,
};
const documents: Documents = {
    "query Week($locales: [Locale!]!) {\n  publication(locales: $locales) {\n    name\n  }\n  latestIssue(locales: $locales) {\n    number\n    title\n    dateRange\n    articles(first: 100) {\n      nodes {\n        id\n        title\n        lead\n        trend\n        locale\n        isFallback\n        topic {\n          name\n        }\n        authors {\n          name\n        }\n      }\n    }\n  }\n}\n\nquery Texts($locales: [Locale!]!, $number: Int!, $after: String) {\n  issue(by: {number: $number}, locales: $locales) {\n    articles(first: 2, after: $after) {\n      nodes {\n        id\n        body {\n          text\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": types.WeekDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Week($locales: [Locale!]!) {\n  publication(locales: $locales) {\n    name\n  }\n  latestIssue(locales: $locales) {\n    number\n    title\n    dateRange\n    articles(first: 100) {\n      nodes {\n        id\n        title\n        lead\n        trend\n        locale\n        isFallback\n        topic {\n          name\n        }\n        authors {\n          name\n        }\n      }\n    }\n  }\n}\n\nquery Texts($locales: [Locale!]!, $number: Int!, $after: String) {\n  issue(by: {number: $number}, locales: $locales) {\n    articles(first: 2, after: $after) {\n      nodes {\n        id\n        body {\n          text\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}"): typeof import('./graphql.js').WeekDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
