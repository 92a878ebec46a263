"""What other programs make of feeds, and what the specifications ask of them.

Takes a folder of feeds, named by kind: parses RSS and Atom by feedparser, holds
each kind to the rules of its specification, and prints as JSON what was read.
Ends with a message where anything is wrong.
"""

import json
import re
import sys
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def require(condition, message):
    if not condition:
        sys.exit(message)


def absolute(address, what):
    parts = urlsplit(address or "")
    require(parts.scheme in ("http", "https", "urn"), f"{what} is no address: {address}")


def absolute_in(html, what):
    for address in re.findall(r"""(?:href|src)="([^"]*)\"""", html):
        scheme = urlsplit(address).scheme
        require(scheme in ("http", "https", "mailto", "tel"), f"{what} leads to {address}")


def once(parent, name):
    found = parent.findall(name)
    require(len(found) == 1, f"{parent.tag} has {len(found)} of {name}")
    return found[0]


def moment(text, what):
    require(RFC3339.fullmatch(text or ""), f"{what} is no date of RFC 3339: {text}")
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def distinct(ids):
    require(len(set(ids)) == len(ids), f"an id is there twice: {ids}")


def check_atom(root):
    """RFC 4287, sections 4.1.1, 4.1.2 and 4.2; RFC 5005, section 3."""
    require(root.tag == ATOM + "feed", f"the root is {root.tag}")
    require(root.get(LANG), "the feed has no language")
    for name in ("id", "title", "updated"):
        once(root, ATOM + name)
    for name in ("subtitle", "generator"):
        require(len(root.findall(ATOM + name)) <= 1, f"two of {name}")
    entries = root.findall(ATOM + "entry")
    authored = root.find(ATOM + "author") is not None
    newest = moment(root.find(ATOM + "updated").text, "updated")
    links = {}
    for link in root.findall(ATOM + "link"):
        absolute(link.get("href"), "a link")
        require(link.get("rel") not in links, f"two links to {link.get('rel')}")
        links[link.get("rel")] = link.get("href")
    require({"self", "alternate", "first"} <= set(links), f"links: {links}")
    for entry in entries:
        absolute(once(entry, ATOM + "id").text, "an id")
        title = once(entry, ATOM + "title")
        updated = moment(once(entry, ATOM + "updated").text, "updated")
        published = moment(once(entry, ATOM + "published").text, "published")
        require(published <= updated <= newest, "dates are not in order")
        require(title.get(LANG), "a title has no language")
        require(authored or entry.find(ATOM + "author") is not None, "nobody wrote it")
        alternates = [link for link in entry.findall(ATOM + "link")]
        require(len(alternates) == 1, "not one alternate")
        absolute(alternates[0].get("href"), "an entry")
        for category in entry.findall(ATOM + "category"):
            require(category.get("term"), "a category without a term")
            absolute(category.get("scheme"), "a scheme")
        content = entry.find(ATOM + "content")
        if content is not None:
            require(content.get("type") == "html" and len(content) == 0, "content is HTML")
            absolute_in(content.text, "content")
    distinct([entry.find(ATOM + "id").text for entry in entries])


def check_rss(root):
    """RSS 2.0, and what the W3C's validator recommends."""
    require(root.tag == "rss" and root.get("version") == "2.0", "it is not RSS 2.0")
    channel = once(root, "channel")
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        require(once(channel, name).text, f"{name} is empty")
    absolute(channel.find("link").text, "the channel")
    parsedate_to_datetime(channel.find("lastBuildDate").text)
    rels = [link.get("rel") for link in channel.findall(ATOM + "link")]
    require(rels.count("self") == 1, "no atom:link to itself")
    items = channel.findall("item")
    for item in items:
        for name in ("title", "link", "description", "guid", "pubDate", DC + "language"):
            once(item, name)
        require(item.find("guid").get("isPermaLink") == "false", "a guid is no address")
        absolute(item.find("link").text, "an item")
        parsedate_to_datetime(item.find("pubDate").text)
        require(item.find("author") is None, "an author without an address of mail")
        content = item.find(CONTENT + "encoded")
        if content is not None:
            absolute_in(content.text or "", "content")
    distinct([item.find("guid").text for item in items])


def check_json(feed):
    """JSON Feed 1.1."""
    require(feed["version"] == "https://jsonfeed.org/version/1.1", "another version")
    require(isinstance(feed["title"], str), "no title")
    for name in ("home_page_url", "feed_url", "next_url"):
        if name in feed:
            absolute(feed[name], name)
    for item in feed["items"]:
        require(isinstance(item["id"], str), "an id is text")
        absolute(item["url"], "an item")
        require(("content_html" in item) != ("content_text" in item), "one kind of content")
        absolute_in(item.get("content_html", ""), "content")
        for name in ("date_published", "date_modified"):
            moment(item[name], name)
        require(all(isinstance(tag, str) for tag in item.get("tags", [])), "tags are texts")
        require(all(author.get("name") for author in item.get("authors", [])), "a nameless author")
    distinct([item["id"] for item in feed["items"]])


def parsed(path):
    """What feedparser reads."""
    feed = feedparser.parse(path.read_bytes())
    require(not feed.bozo, f"{path.name}: {feed.get('bozo_exception')}")
    require(feed.version == {".rss": "rss20", ".atom": "atom10"}[path.suffix], feed.version)
    return [[entry.id, entry.link, entry.title] for entry in feed.entries]


def main():
    read = {}
    for path in sorted(Path(sys.argv[1]).iterdir()):
        if path.suffix == ".json":
            check_json(json.loads(path.read_text()))
            continue
        root = ElementTree.fromstring(path.read_bytes())
        {".rss": check_rss, ".atom": check_atom}[path.suffix](root)
        read[path.name] = parsed(path)
    json.dump(read, sys.stdout)


main()
