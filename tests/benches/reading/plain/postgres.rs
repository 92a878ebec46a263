//! What the questions ask for, as one statement each, for PostgreSQL.

/// In the order of [`crate::questions::QUESTIONS`].
pub(crate) const STATEMENTS: [&str; 8] = [
    ISSUE, TOPIC, ARTICLE, DEEP, FILTER, FEED, SEARCH, NAVIGATION,
];

const ISSUE: &str = "
WITH issue AS MATERIALIZED (
    SELECT * FROM issues WHERE number = $1 AND published_at IS NOT NULL),
page AS MATERIALIZED (
    SELECT a.id, a.position, a.trend, a.topic_id, at.title, at.lead, at.slug
    FROM articles a
    JOIN article_translations at
        ON at.article_id = a.id AND at.locale = 'en' AND at.public_at IS NOT NULL
    WHERE a.issue_id = (SELECT id FROM issue)),
signed AS (
    SELECT p.id, json_agg(json_build_object('slug', u.slug, 'name', ut.name) ORDER BY b.position) AS authors
    FROM page p
    JOIN bylines b ON b.article_id = p.id
    JOIN authors u ON u.id = b.author_id
    JOIN author_translations ut ON ut.author_id = u.id AND ut.locale = 'en'
    GROUP BY p.id)
SELECT json_build_object('issue', json_build_object(
    'number', i.number, 'slug', i.slug, 'startsOn', i.starts_on, 'endsOn', i.ends_on,
    'articles', json_build_object('nodes', (
        SELECT json_agg(json_build_object(
            'trend', p.trend, 'title', p.title, 'lead', p.lead, 'slug', p.slug,
            'topic', json_build_object('slug', t.slug, 'name', tt.name),
            'authors', s.authors) ORDER BY p.position)
        FROM page p
        JOIN signed s ON s.id = p.id
        JOIN topics t ON t.id = p.topic_id
        JOIN topic_translations tt ON tt.topic_id = t.id AND tt.locale = 'en'))))::text AS answer
FROM issue i";

const TOPIC: &str = "
WITH topic AS MATERIALIZED (SELECT id FROM topics WHERE slug = $1),
page AS MATERIALIZED (
    SELECT at.article_id, at.slug, at.title, at.lead, at.public_at,
        row_number() OVER (ORDER BY at.public_at DESC, at.article_id DESC) AS place
    FROM article_translations at
    WHERE at.topic_id = (SELECT id FROM topic) AND at.locale = 'en' AND at.public_at IS NOT NULL
        AND (at.public_at, at.article_id) < ($2::timestamptz, $3)
    ORDER BY at.public_at DESC, at.article_id DESC
    LIMIT 21),
signed AS (
    SELECT p.article_id,
        json_agg(json_build_object('slug', u.slug, 'name', ut.name) ORDER BY b.position) AS authors
    FROM page p
    JOIN bylines b ON b.article_id = p.article_id
    JOIN authors u ON u.id = b.author_id
    JOIN author_translations ut ON ut.author_id = u.id AND ut.locale = 'en'
    GROUP BY p.article_id)
SELECT json_build_object('topic', json_build_object('articles', json_build_object(
    'totalCount', (
        SELECT count(*) FROM article_translations at
        WHERE at.topic_id = (SELECT id FROM topic) AND at.locale = 'en' AND at.public_at IS NOT NULL),
    'pageInfo', json_build_object('hasNextPage', (SELECT count(*) > 20 FROM page)),
    'nodes', (
        SELECT coalesce(json_agg(json_build_object(
            'slug', p.slug, 'title', p.title, 'lead', p.lead, 'trend', a.trend,
            'publishedAt', p.public_at,
            'issue', json_build_object('number', i.number, 'slug', i.slug),
            'authors', s.authors) ORDER BY p.place), '[]')
        FROM page p
        JOIN signed s ON s.article_id = p.article_id
        JOIN articles a ON a.id = p.article_id
        JOIN issues i ON i.id = a.issue_id
        WHERE p.place <= 20))))::text AS answer";

const ARTICLE: &str = "
SELECT json_build_object('article', json_build_object(
    'slug', at.slug, 'title', at.title, 'lead', at.lead,
    'body', json_build_object('markdown', at.body),
    'trend', a.trend,
    'topic', json_build_object('name', tt.name),
    'issue', json_build_object('number', i.number),
    'authors', (
        SELECT json_agg(json_build_object('name', ut.name, 'bio', ut.bio) ORDER BY b.position)
        FROM bylines b
        JOIN author_translations ut ON ut.author_id = b.author_id AND ut.locale = 'en'
        WHERE b.article_id = a.id),
    'translations', (
        SELECT json_agg(json_build_object('locale', o.locale, 'slug', o.slug, 'title', o.title)
            ORDER BY l.position)
        FROM article_translations o
        JOIN publication_locales l ON l.tag = o.locale
        WHERE o.article_id = a.id AND o.public_at IS NOT NULL)))::text AS answer
FROM article_translations at
JOIN articles a ON a.id = at.article_id
JOIN issues i ON i.id = a.issue_id
JOIN topic_translations tt ON tt.topic_id = a.topic_id AND tt.locale = 'en'
WHERE at.locale = 'en' AND at.slug = $1 AND at.public_at IS NOT NULL";

const DEEP: &str = "
SELECT json_build_object('articles', json_build_object('nodes', coalesce(json_agg(
    json_build_object('slug', p.slug, 'title', p.title, 'publishedAt', p.public_at)
    ORDER BY p.public_at DESC, p.article_id DESC), '[]')))::text AS answer
FROM (
    SELECT at.article_id, at.slug, at.title, at.public_at
    FROM article_translations at
    WHERE at.locale = 'en' AND at.public_at IS NOT NULL
        AND (at.public_at, at.article_id) < ($1::timestamptz, $2)
    ORDER BY at.public_at DESC, at.article_id DESC
    LIMIT 20) p";

const FILTER: &str = "
SELECT json_build_object('articles', json_build_object('nodes', coalesce(json_agg(
    json_build_object('slug', p.slug, 'title', p.title, 'publishedAt', p.public_at,
        'topic', json_build_object('slug', p.topic))
    ORDER BY p.public_at DESC, p.article_id DESC), '[]')))::text AS answer
FROM (
    SELECT at.article_id, at.slug, at.title, at.public_at, t.slug AS topic
    FROM bylines b
    JOIN articles a ON a.id = b.article_id
    CROSS JOIN LATERAL (
        -- From the author's articles on: OFFSET keeps the planner from the
        -- index by time.
        SELECT o.article_id, o.slug, o.title, o.public_at
        FROM article_translations o
        WHERE o.article_id = b.article_id AND o.locale = 'en'
        OFFSET 0) at
    JOIN topics t ON t.id = a.topic_id
    WHERE b.author_id = (SELECT id FROM authors WHERE slug = $1) AND a.trend = $2
        AND at.public_at >= $3::timestamptz AND at.public_at < $4::timestamptz
    ORDER BY at.public_at DESC, at.article_id DESC
    LIMIT 20) p";

const FEED: &str = "
WITH page AS MATERIALIZED (
    SELECT at.article_id, at.topic_id, at.slug, at.title, at.lead, at.body, at.public_at
    FROM article_translations at
    WHERE at.locale = 'en' AND at.public_at IS NOT NULL AND at.public_at < $1::timestamptz
    ORDER BY at.public_at DESC, at.article_id DESC
    LIMIT 30),
signed AS (
    SELECT p.article_id, json_agg(json_build_object('name', ut.name) ORDER BY b.position) AS authors
    FROM page p
    JOIN bylines b ON b.article_id = p.article_id
    JOIN author_translations ut ON ut.author_id = b.author_id AND ut.locale = 'en'
    GROUP BY p.article_id)
SELECT json_build_object('articles', json_build_object('nodes', coalesce(json_agg(
    json_build_object('slug', p.slug, 'title', p.title, 'lead', p.lead,
        'body', json_build_object('markdown', p.body), 'publishedAt', p.public_at,
        'authors', s.authors,
        'topic', json_build_object('name', tt.name))
    ORDER BY p.public_at DESC, p.article_id DESC), '[]')))::text AS answer
FROM page p
JOIN signed s ON s.article_id = p.article_id
JOIN topic_translations tt ON tt.topic_id = p.topic_id AND tt.locale = 'en'";

/// Two words count 16 at most.
const SEARCH: &str = "
SELECT json_build_object('search', json_build_object('edges', coalesce(json_agg(
    json_build_object('score', p.score / 16.0, 'node', json_build_object(
        'slug', p.slug, 'title', p.title, 'lead', p.lead))
    ORDER BY p.score DESC, p.public_at DESC, p.article_id DESC), '[]')))::text AS answer
FROM (
    SELECT at.article_id, at.slug, at.title, at.lead, at.public_at, s.score
    FROM (
        SELECT translation_id AS id,
            CASE WHEN heading @@ $1::tsquery THEN 8 WHEN heading @@ $2::tsquery THEN 4 ELSE 1 END
          + CASE WHEN heading @@ $3::tsquery THEN 8 WHEN heading @@ $4::tsquery THEN 4 ELSE 1 END AS score
        FROM article_search WHERE terms @@ $5::tsquery) s
    JOIN article_translations at ON at.id = s.id
    WHERE at.locale = 'en' AND at.public_at IS NOT NULL
    ORDER BY s.score DESC, at.public_at DESC, at.article_id DESC
    LIMIT 20) p";

const NAVIGATION: &str = "
SELECT json_build_object('topics', json_build_object('nodes', json_agg(
    json_build_object('slug', t.slug, 'name', tt.name,
        'articles', json_build_object('nodes', newest.nodes))
    ORDER BY t.position, t.id)))::text AS answer
FROM topics t
JOIN topic_translations tt ON tt.topic_id = t.id AND tt.locale = 'en'
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(
        json_build_object('slug', p.slug, 'title', p.title, 'publishedAt', p.public_at)
        ORDER BY p.public_at DESC, p.article_id DESC), '[]') AS nodes
    FROM (
        SELECT at.article_id, at.slug, at.title, at.public_at
        FROM article_translations at
        WHERE at.topic_id = t.id AND at.locale = 'en' AND at.public_at IS NOT NULL
            AND at.public_at < $1::timestamptz
        ORDER BY at.public_at DESC, at.article_id DESC
        LIMIT 3) p) newest";
