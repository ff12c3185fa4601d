# Sourced by the checks that need a running server: `start_server BINARY [FLAG…]` sets `url`, `stop_server` ends the server,
# and whatever ends the script ends it, too.

pid=

start_server() {
    local binary=$1 log
    shift
    log=$(mktemp)
    "$binary" --listen 127.0.0.1:0 "$@" >"$log" 2>&1 &
    pid=$!
    for _ in $(seq 100); do
        url=$(sed -n 's/^listening on \(http:[^ ]*\).*/\1/p' "$log" | head -n 1)
        [ -n "$url" ] && break
        sleep 0.1
    done
    if [ -z "$url" ]; then
        echo "the server did not start:" >&2
        cat "$log" >&2
        exit 1
    fi
    rm -f "$log"
}

stop_server() {
    [ -n "$pid" ] || return 0
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    pid=
}

trap stop_server EXIT
