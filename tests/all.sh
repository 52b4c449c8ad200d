#!/usr/bin/env bash
# Every test, on a Debian machine that has only a Rust toolchain: installs what the tests open reports with, then runs them.
set -euo pipefail
cd "$(dirname "$0")/.."

# Command it must provide, and the Debian package that does.
declare -A packages=(
    [soffice]=libreoffice-calc-nogui
    [chromium]=chromium
    [pdfinfo]=poppler-utils
    [openssl]=openssl
)
missing=()
for tool in "${!packages[@]}"; do
    command -v "$tool" >/dev/null || missing+=("${packages[$tool]}")
done
# Debian keeps the database servers off the PATH. Whatever server the packages start is not used: the tests start their own.
compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null || missing+=(postgresql)
[ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
# PM4Py needs Python with venv.
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3 python3-venv)
if [ "${#missing[@]}" -gt 0 ]; then
    echo "installing: ${missing[*]}"
    root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "missing: ${missing[*]}; install them, or run this as root" >&2
            exit 1
        }
        root=(sudo)
    fi
    export DEBIAN_FRONTEND=noninteractive
    "${root[@]}" apt-get update -q
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
fi

if [ ! -d ../shared/data ]; then
    echo "note: ../shared/data is absent; the tests on the real log (receipt.csv.gz) have nothing to read and say so"
fi

# PM4Py, in a virtual environment that stays under the target folder and is made anew when the requirements change.
pm4py="${CARGO_TARGET_DIR:-target}/pm4py"
if [ ! -x "$pm4py/bin/python" ] || ! cmp -s tests/pm4py/requirements.txt "$pm4py/requirements.txt"; then
    echo "installing PM4Py into $pm4py"
    rm -rf "$pm4py"
    python3 -m venv "$pm4py"
    "$pm4py/bin/pip" install -q --disable-pip-version-check -r tests/pm4py/requirements.txt
    cp tests/pm4py/requirements.txt "$pm4py/"
fi
TEPAT_PM4PY="$(cd "$pm4py/bin" && pwd)/python"
export TEPAT_PM4PY

cargo test --release
