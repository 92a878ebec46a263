# Holds a PostgreSQL cluster for as long as standard input stays open: when the
# tests end, however they end, the cluster and its folder go.
#
# $1 is where PostgreSQL's programs are, $2 an empty folder. "ready" is printed
# once the server answers on the socket in that folder.
set -eu
programs=$1
folder=$2

as=
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    chown postgres "$folder"
    as="runuser -u postgres --"
fi
cd "$folder"

end() {
    $as "$programs/pg_ctl" stop -D "$folder/data" -m immediate >"$folder/end" 2>&1 || true
    cd /
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 1' HUP INT TERM

# A collation unlike byte order, so that a comparison that forgot to ask for
# byte order gives other answers than SQLite. Not every build has ICU.
make() {
    $as "$programs/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 \
        --no-sync --no-instructions "$@"
}
make --locale=C --locale-provider=icu --icu-locale=en >log 2>&1 || make --locale=C >log 2>&1 || {
    cat log >&2
    exit 1
}

# Nothing here has to survive a crash. The server listens on a socket alone.
settings="-c listen_addresses='' -c port=5432 -c unix_socket_directories='$folder'"
settings="$settings -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
settings="$settings -c shared_buffers=32MB -c max_connections=300 -c autovacuum=off"
settings="$settings -c wal_level=minimal -c max_wal_senders=0"
$as "$programs/pg_ctl" start -w -D "$folder/data" -l "$folder/data/log" -o "$settings" >log 2>&1 || {
    cat log "$folder/data/log" >&2
    exit 1
}

echo ready
read -r _ || true
