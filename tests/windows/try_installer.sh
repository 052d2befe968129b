#!/usr/bin/env sh
# Freezes the program in the lab, compiles two installers of it and tries them: see README.md beside this.
set -eu
cd "$(dirname "$0")/../.."
lab() { QT_QPA_PLATFORM=offscreen python3 tests/windows/lab.py "$@" </dev/null; }
lab --inno-setup --wine bookworm --python 3.11 setup
# What the release workflow freezes with starts on Wine 10.
lab --python 3.13 --kind freeze run packaging/build.py --only-program
last=$(lab --python 3.13 start dist/pgyer-desktop/pgyer-desktop.exe --selftest | tr -d '\r' | tail -n 1)
[ "$last" = ok ] || { echo "FAILED the self-test of the program frozen with 3.13 ended with: $last"; exit 1; }
echo "ok   the program frozen with 3.13 tests itself"
rm -f dist/*.zip
# Installers want Wine 8, which starts no frozen program of a Python after 3.11.
lab --python 3.11 --kind freeze run packaging/build.py
box=${PGYER_WINDOWS_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/pgyer-desktop-windows-lab}
compiler=$(ls -td "$box"/innosetup-*/bin/ISCC.exe | head -n 1)
made=$(mktemp -d)
stale=dist/pgyer-desktop/_internal/stale.txt
trap 'rm -rf "$made" "$stale"' EXIT
trap 'exit 1' HUP INT TERM
compile() {
    lab --wine bookworm start "$compiler" /Q "/DAppVersion=$1" /DPacking=zip/1 "/OZ:$made" \
        '/DDefaultDir={localappdata}\Programs\Pgyer Desktop' 'packaging\windows\pgyer-desktop.iss'
}
echo stale >"$stale"
compile 0.0.1
rm "$stale"
compile 0.0.2
# Installers want a screen, and Wine 8 a pipe for what is printed.
env -u QT_QPA_PLATFORM python3 tests/windows/lab.py --wine bookworm --python 3.11 run tests/windows/try_installer.py \
    "$made/pgyer-desktop-0.0.1-windows-x64-setup.exe" "$made/pgyer-desktop-0.0.2-windows-x64-setup.exe" \
    dist/pgyer-desktop-*-windows-x64.zip </dev/null 2>&1 | sed -u 's,\r$,,' | {
    code=1
    while read -r line; do
        echo "$line"
        case $line in "ALL RIGHT") code=0 ;; esac
    done
    exit "$code"
}
