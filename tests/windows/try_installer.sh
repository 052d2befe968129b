#!/usr/bin/env sh
# Compiles two installers of the program and tries them in the lab: see README.md beside this.
set -eu
cd "$(dirname "$0")/../.."
lab() { QT_QPA_PLATFORM=offscreen python3 tests/windows/lab.py "$@" </dev/null; }
lab --inno-setup --wine bookworm setup
# Wine 8 starts no frozen program of a newer Python.
[ -e dist/pgyer-desktop/pgyer-desktop.exe ] || lab --kind freeze run packaging/build.py --only-program
box=${PGYER_WINDOWS_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/pgyer-desktop-windows-lab}
compile() {
    lab --wine bookworm start "$box/innosetup/bin/ISCC.exe" /Q "/DAppVersion=$1" /DPacking=zip/1 \
        '/DDefaultDir={localappdata}\Programs\Pgyer Desktop' 'packaging\windows\pgyer-desktop.iss'
}
echo stale >dist/pgyer-desktop/_internal/stale.txt
compile 0.0.1
rm dist/pgyer-desktop/_internal/stale.txt
compile 0.0.2
# Installers want a screen, and Wine 8 a pipe for what is printed.
env -u QT_QPA_PLATFORM python3 tests/windows/lab.py --wine bookworm run tests/windows/try_installer.py \
    dist/pgyer-desktop-0.0.1-windows-x64-setup.exe dist/pgyer-desktop-0.0.2-windows-x64-setup.exe </dev/null 2>&1 | tr -d '\r' | {
    code=1
    while read -r line; do
        echo "$line"
        case $line in "ok"*"Chinese folder") code=0 ;; esac
    done
    exit "$code"
}
