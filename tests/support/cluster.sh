# Holds a PostgreSQL cluster for as long as standard input stays open: when the
# tests end, however they end, the cluster and its folder go.
#
# $1 is where PostgreSQL's programs are. "ready" and the folder are printed once
# the server answers on the socket in there.
set -eu
programs=$1

# In memory where there is room: making a database copies hundreds of files.
place=${TMPDIR:-/tmp}
free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ "${free:-0}" -gt 1000000 ] && [ -w /dev/shm ]; then
    place=/dev/shm
fi
folder=$(mktemp -d "$place/masthead-test-XXXXXX")

end() {
    $as "$programs/pg_ctl" stop -D "$folder/data" -m immediate >"$folder/end" 2>&1 || true
    cd /
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 1' HUP INT PIPE TERM

as=
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    chown postgres "$folder"
    as="runuser -u postgres --"
fi
cd "$folder"

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

echo "ready $folder"
read -r _ || true
