//! What the questions ask for, as one statement each, for SQLite.

/// In the order of [`crate::questions::QUESTIONS`].
pub(crate) const STATEMENTS: [&str; 8] = [
    ISSUE, TOPIC, ARTICLE, DEEP, FILTER, FEED, SEARCH, NAVIGATION,
];

const ISSUE: &str = "
SELECT json_object('issue', json_object(
    'number', i.number, 'slug', i.slug, 'startsOn', i.starts_on, 'endsOn', i.ends_on,
    'articles', json_object('nodes', (
        SELECT json_group_array(json_object(
            'trend', a.trend, 'title', at.title, 'lead', at.lead, 'slug', at.slug,
            'topic', json_object('slug', t.slug, 'name', tt.name),
            'authors', (
                SELECT json_group_array(json_object('slug', u.slug, 'name', ut.name) ORDER BY b.position)
                FROM bylines b
                JOIN authors u ON u.id = b.author_id
                JOIN author_translations ut ON ut.author_id = u.id AND ut.locale = 'en'
                WHERE b.article_id = a.id)
            ) ORDER BY a.position)
        FROM articles a
        JOIN article_translations at
            ON at.article_id = a.id AND at.locale = 'en' AND at.public_at IS NOT NULL
        JOIN topics t ON t.id = a.topic_id
        JOIN topic_translations tt ON tt.topic_id = t.id AND tt.locale = 'en'
        WHERE a.issue_id = i.id)))) AS answer
FROM issues i
WHERE i.number = ?1 AND i.published_at IS NOT NULL";

const TOPIC: &str = "
WITH topic AS MATERIALIZED (SELECT id FROM topics WHERE slug = ?1),
page AS MATERIALIZED (
    SELECT at.article_id, at.slug, at.title, at.lead, at.public_at
    FROM article_translations at
    WHERE at.topic_id = (SELECT id FROM topic) AND at.locale = 'en' AND at.public_at IS NOT NULL
        AND (at.public_at, at.article_id) < (?2, ?3)
    ORDER BY at.public_at DESC, at.article_id DESC
    LIMIT 21)
SELECT json_object('topic', json_object('articles', json_object(
    'totalCount', (
        SELECT count(*) FROM article_translations at
        WHERE at.topic_id = (SELECT id FROM topic) AND at.locale = 'en' AND at.public_at IS NOT NULL),
    'pageInfo', json_object('hasNextPage', json(iif((SELECT count(*) > 20 FROM page), 'true', 'false'))),
    'nodes', (
        SELECT json_group_array(json_object(
            'slug', p.slug, 'title', p.title, 'lead', p.lead, 'trend', a.trend,
            'publishedAt', p.public_at,
            'issue', json_object('number', i.number, 'slug', i.slug),
            'authors', (
                SELECT json_group_array(json_object('slug', u.slug, 'name', ut.name) ORDER BY b.position)
                FROM bylines b
                JOIN authors u ON u.id = b.author_id
                JOIN author_translations ut ON ut.author_id = u.id AND ut.locale = 'en'
                WHERE b.article_id = a.id)
            ) ORDER BY p.public_at DESC, p.article_id DESC)
        FROM (SELECT * FROM page LIMIT 20) p
        JOIN articles a ON a.id = p.article_id
        JOIN issues i ON i.id = a.issue_id)))) AS answer";

const ARTICLE: &str = "
SELECT json_object('article', json_object(
    'slug', at.slug, 'title', at.title, 'lead', at.lead,
    'body', json_object('markdown', at.body),
    'trend', a.trend,
    'topic', json_object('name', tt.name),
    'issue', json_object('number', i.number),
    'authors', (
        SELECT json_group_array(json_object('name', ut.name, 'bio', ut.bio) ORDER BY b.position)
        FROM bylines b
        JOIN author_translations ut ON ut.author_id = b.author_id AND ut.locale = 'en'
        WHERE b.article_id = a.id),
    'translations', (
        SELECT json_group_array(json_object('locale', o.locale, 'slug', o.slug, 'title', o.title)
            ORDER BY l.position)
        FROM article_translations o
        JOIN publication_locales l ON l.tag = o.locale
        WHERE o.article_id = a.id AND o.public_at IS NOT NULL))) AS answer
FROM article_translations at
JOIN articles a ON a.id = at.article_id
JOIN issues i ON i.id = a.issue_id
JOIN topic_translations tt ON tt.topic_id = a.topic_id AND tt.locale = 'en'
WHERE at.locale = 'en' AND at.slug = ?1 AND at.public_at IS NOT NULL";

const DEEP: &str = "
SELECT json_object('articles', json_object('nodes', json_group_array(
    json_object('slug', p.slug, 'title', p.title, 'publishedAt', p.public_at)))) AS answer
FROM (
    SELECT at.slug, at.title, at.public_at
    FROM article_translations at
    WHERE at.locale = 'en' AND at.public_at IS NOT NULL
        AND (at.public_at, at.article_id) < (?1, ?2)
    ORDER BY at.public_at DESC, at.article_id DESC
    LIMIT 20) p";

const FILTER: &str = "
SELECT json_object('articles', json_object('nodes', json_group_array(
    json_object('slug', p.slug, 'title', p.title, 'publishedAt', p.public_at,
        'topic', json_object('slug', p.topic))))) AS answer
FROM (
    SELECT at.slug, at.title, at.public_at, t.slug AS topic
    FROM bylines b
    JOIN articles a ON a.id = b.article_id
    JOIN article_translations at ON at.article_id = a.id AND at.locale = 'en'
    JOIN topics t ON t.id = a.topic_id
    WHERE b.author_id = (SELECT id FROM authors WHERE slug = ?1) AND a.trend = ?2
        AND at.public_at >= ?3 AND at.public_at < ?4
    ORDER BY at.public_at DESC, at.article_id DESC
    LIMIT 20) p";

const FEED: &str = "
SELECT json_object('articles', json_object('nodes', json_group_array(
    json_object('slug', p.slug, 'title', p.title, 'lead', p.lead,
        'body', json_object('markdown', p.body), 'publishedAt', p.public_at,
        'authors', (
            SELECT json_group_array(json_object('name', ut.name) ORDER BY b.position)
            FROM bylines b
            JOIN author_translations ut ON ut.author_id = b.author_id AND ut.locale = 'en'
            WHERE b.article_id = p.article_id),
        'topic', json_object('name', p.topic))))) AS answer
FROM (
    SELECT at.article_id, at.slug, at.title, at.lead, at.body, at.public_at, tt.name AS topic
    FROM article_translations at
    JOIN topic_translations tt ON tt.topic_id = at.topic_id AND tt.locale = 'en'
    WHERE at.locale = 'en' AND at.public_at IS NOT NULL AND at.public_at < ?1
    ORDER BY at.public_at DESC, at.article_id DESC
    LIMIT 30) p";

const SEARCH: &str = "
SELECT json_object('search', json_object('edges', json_group_array(
    json_object('score', p.score / 16.0, 'node', json_object(
        'slug', p.slug, 'title', p.title, 'lead', p.lead))))) AS answer
FROM (
    SELECT at.slug, at.title, at.lead, s.score
    FROM (
        SELECT +rowid AS id,
            CASE WHEN rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH ?1) THEN 8
                 WHEN rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH ?2) THEN 4
                 ELSE 1 END
          + CASE WHEN rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH ?3) THEN 8
                 WHEN rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH ?4) THEN 4
                 ELSE 1 END AS score
        FROM article_search WHERE article_search MATCH ?5) s
    JOIN article_translations at ON at.id = s.id
    WHERE at.locale = 'en' AND at.public_at IS NOT NULL
    ORDER BY s.score DESC, at.public_at DESC, at.article_id DESC
    LIMIT 20) p";

const NAVIGATION: &str = "
SELECT json_object('topics', json_object('nodes', json_group_array(
    json_object('slug', t.slug, 'name', tt.name,
        'articles', json_object('nodes', (
            SELECT json_group_array(
                json_object('slug', p.slug, 'title', p.title, 'publishedAt', p.public_at))
            FROM (
                SELECT at.slug, at.title, at.public_at
                FROM article_translations at
                WHERE at.topic_id = t.id AND at.locale = 'en' AND at.public_at IS NOT NULL
                    AND at.public_at < ?1
                ORDER BY at.public_at DESC, at.article_id DESC
                LIMIT 3) p)))
    ORDER BY t.position, t.id))) AS answer
FROM topics t
JOIN topic_translations tt ON tt.topic_id = t.id AND tt.locale = 'en'";
