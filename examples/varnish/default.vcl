vcl 4.1;

# Varnish in front of Masthead: any number of its processes, on one database.
#
# Start Masthead with MASTHEAD_PURGE_VARNISH=http://ADDRESS-OF-VARNISH:PORT, so
# that it tells Varnish what changed: an answer is then kept for long, and gone as
# soon as anything in it is. It needs no module, and any Varnish from 6.0 on.

import directors;
import std;

backend one {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = { .url = "/readyz"; .interval = 1s; }
}

# A second process: the same again, and a line in vcl_init.
# backend other { .host = "127.0.0.1"; .port = "8001"; }

# Who may tell what changed: the machines that Masthead runs on.
acl masthead {
    "localhost";
    "127.0.0.1";
    "::1";
}

sub vcl_init {
    new masthead_processes = directors.round_robin();
    masthead_processes.add_backend(one);
    # masthead_processes.add_backend(other);
}

sub vcl_recv {
    if (req.method == "BAN") {
        if (client.ip !~ masthead) {
            return (synth(403, "Not for you"));
        }
        if (!req.http.Surrogate-Key-Pattern) {
            return (synth(400, "Which tags?"));
        }
        # By what is stored alone, so that the ban lurker can do it.
        ban("obj.http.Surrogate-Key ~ " + req.http.Surrogate-Key-Pattern);
        return (synth(200, "Forgotten"));
    }

    set req.backend_hint = masthead_processes.backend();
    # How long after its time an answer is shown while a new one is fetched: a
    # minute, and as long as it is there where no process is well.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 60s;
    }

    # What a key or a preview token shows is for its holder.
    if (req.http.Authorization || req.http.Masthead-Preview) {
        return (pass);
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # Masthead sets no cookies and reads none.
    unset req.http.Cookie;

    # An answer that goes by Accept-Language has a copy for each: clients that name
    # their `locales` share one.
    # Two types of answer, whatever a client writes: fewer copies of each answer.
    if (req.http.Accept ~ "application/graphql-response\+json") {
        set req.http.Accept = "application/graphql-response+json";
    } else if (req.http.Accept !~ "text/html") {
        set req.http.Accept = "application/json";
    }
    return (hash);
}

sub vcl_backend_response {
    # For as long as caches may keep it that are told what changed.
    if (beresp.http.CDN-Cache-Control ~ "(^|[ ,])max-age=[0-9]+" &&
        beresp.http.Cache-Control !~ "no-store|private") {
        set beresp.ttl = std.duration(
            regsub(beresp.http.CDN-Cache-Control, "^(.*[ ,])?max-age=([0-9]+).*$", "\2s"), 60s);
    }
    set beresp.grace = 1d;
    if (beresp.http.Cache-Control ~ "no-store|private") {
        set beresp.uncacheable = true;
        set beresp.ttl = 10s;
        return (deliver);
    }
}

sub vcl_deliver {
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
    # Tags are between Masthead and this cache.
    unset resp.http.Surrogate-Key;
    unset resp.http.Cache-Tag;
    unset resp.http.CDN-Cache-Control;
    # What is here is what Masthead would say now: it is told what changed. So an
    # answer begins to age as it leaves.
    unset resp.http.Age;
}
