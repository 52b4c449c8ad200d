#!/bin/sh
# Runs one private database server and ends it when stdin closes: the test process holds the other end, so the server goes
# whether that process ended well, panicked or was killed. The folder goes with it.
#   guard.sh postgres|mariadb DIR PORT BIN OWNER
# DIR    a new folder; holds `password` (of the administrator tepat_root), `settings` (lines for the server), maybe `tls/`
# BIN    the folder of the server's programs
# OWNER  whom to run as where we are root: both servers refuse to run as root
# Written into DIR: `log`; `ended` once the server has ended by itself. Nothing but DIR is touched.
set -u
kind=$1 dir=$2 port=$3 bin=$4 owner=$5
log=$dir/log
data=$dir/data

as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u "$owner" -- "$@"
    else
        "$@"
    fi
}

run_postgres() {
    as_owner "$bin/initdb" --pgdata="$data" --username=tepat_root --pwfile="$dir/password" --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C --no-sync --no-instructions || return
    # mmap: nothing in /dev/shm that a killed server would leave there.
    {
        echo "listen_addresses = '127.0.0.1'"
        echo "port = $port"
        echo "unix_socket_directories = '$dir'"
        echo "fsync = off"
        echo "synchronous_commit = off"
        echo "full_page_writes = off"
        echo "shared_buffers = 32MB"
        echo "dynamic_shared_memory_type = mmap"
        cat "$dir/settings"
    } >>"$data/postgresql.conf"
    as_owner "$bin/postgres" -D "$data"
}

run_mariadb() {
    user=
    if [ "$(id -u)" -eq 0 ]; then
        user=--user=$owner
    fi
    # A folder of its own for temporary tables: a server that starts removes what it finds there.
    mkdir "$dir/tmp"
    chmod 777 "$dir/tmp"
    small="--tmpdir=$dir/tmp --innodb-log-file-size=8M --innodb-buffer-pool-size=32M --innodb-flush-log-at-trx-commit=0
        --innodb-doublewrite=0 --innodb-use-native-aio=0"
    # shellcheck disable=SC2086
    mariadb-install-db --no-defaults $user --datadir="$data" --auth-root-authentication-method=normal --skip-test-db \
        --skip-name-resolve $small || return
    {
        echo "CREATE USER tepat_root@'%' IDENTIFIED BY '$(cat "$dir/password")';"
        echo "GRANT ALL ON *.* TO tepat_root@'%' WITH GRANT OPTION;"
    } >"$dir/init.sql"
    {
        echo "[mariadbd]"
        cat "$dir/settings"
    } >"$dir/my.cnf"
    # shellcheck disable=SC2086
    "$bin/mariadbd" --defaults-file="$dir/my.cnf" $user --datadir="$data" --socket="$dir/mysqld.sock" --port="$port" \
        --bind-address=127.0.0.1 --pid-file="$dir/pid" --init-file="$dir/init.sql" --skip-name-resolve $small
}

# First line of the file in which the server says who it is.
server_pid() {
    case $kind in
    postgres) head -n 1 "$data/postmaster.pid" ;;
    mariadb) cat "$dir/pid" ;;
    esac 2>/dev/null
}

# Ends what may still run. PostgreSQL ends its own processes on QUIT; one that was killed leaves a System V segment.
stop() {
    pid=$(server_pid)
    if [ -n "$pid" ]; then
        [ "$kind" = postgres ] && kill -QUIT "$pid" 2>/dev/null
        [ "$kind" = mariadb ] && kill -KILL "$pid" 2>/dev/null
        tries=0
        while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null
    fi
    segment=$(sed -n 7p "$data/postmaster.pid" 2>/dev/null | awk '{ print $2 }')
    [ -n "$segment" ] && ipcrm -m "$segment" 2>/dev/null
    rm -rf "$dir"
}

trap '' INT HUP TERM
if [ "$(id -u)" -eq 0 ]; then
    chown -R "$owner" "$dir"
fi
(
    "run_$kind" </dev/null >>"$log" 2>&1
    echo "$?" >"$dir/ended"
) &
cat >/dev/null
stop
wait
rm -rf "$dir"
