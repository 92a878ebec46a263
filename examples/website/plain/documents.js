// What the page asks for.

const ISSUE = /* GraphQL */ `
  fragment Issue on Issue {
    number
    title
    dateRange
    locale
    direction
    previous { number title dateRange locale }
    next { number title dateRange locale }
    articles(first: 100) {
      nodes {
        id
        title
        lead
        trend
        locale
        direction
        topic { name locale direction }
        authors { name locale direction }
      }
    }
  }
`;

export const LATEST_ISSUE = /* GraphQL */ `
  query LatestIssue($locales: [Locale!]!) {
    issue: latestIssue(locales: $locales) { ...Issue }
  }
  ${ISSUE}
`;

export const ISSUE_BY_NUMBER = /* GraphQL */ `
  query IssueByNumber($locales: [Locale!]!, $number: Int!) {
    issue(by: { number: $number }, locales: $locales) { ...Issue }
  }
  ${ISSUE}
`;

export const ARTICLE = /* GraphQL */ `
  query Article($locales: [Locale!]!, $id: ID!) {
    article(by: { id: $id }, locales: $locales) {
      title
      lead
      trend
      locale
      direction
      readingMinutes
      body { html }
      corrections { at text }
      topic { name locale direction }
      authors { name locale direction }
      issue { number title dateRange locale }
    }
  }
`;

export const PUBLICATION = /* GraphQL */ `
  query Publication($locales: [Locale!]!) {
    publication(locales: $locales) {
      name
      description
      locale
      direction
      feeds { kind url mediaType title }
    }
    archive(locales: $locales) {
      years {
        year
        months { month issues { number title dateRange locale } }
      }
    }
  }
`;
