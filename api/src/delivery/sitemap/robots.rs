//! `robots.txt` (RFC 9309).

/// What programs that walk through sites are asked of the server at
/// `public_url`: to leave the API alone, and to find the sitemaps.
#[must_use]
pub fn robots(public_url: &str) -> String {
    format!(
        "User-agent: *\n\
         Disallow: /graphql\n\
         \n\
         Sitemap: {public_url}/sitemap.xml\n\
         Sitemap: {public_url}/sitemaps/news.xml\n"
    )
}
