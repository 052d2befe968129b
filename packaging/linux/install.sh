#!/bin/sh
# Installs the unpacked Pgyer Desktop for the person who runs it, without root. Lies beside the program in the tarball
# and is installed with it, so that `~/.local/share/pgyer-desktop/install.sh --uninstall` removes it again.
# It must not touch settings, journal or keys, unless --uninstall was asked to and the answer was yes.
set -eu

name=pgyer-desktop
id=arpa.home.pgyerdesktop

usage() {
    cat <<EOF
Usage: install.sh [--uninstall | --help]

Installs Pgyer Desktop for you alone: the program into $program,
a command into $bin, and the entry in the menu. Run it again to upgrade.

  --uninstall   remove all of that again; asks whether to remove your data as well
EOF
}

fail() {
    printf '%s\n' "install.sh: $1" >&2
    exit 1
}

: "${HOME:?is not set}"
share=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin # not configurable by the specification of the XDG folders either
program=$share/$name
desktop_file=$share/applications/$name.desktop
metainfo_file=$share/metainfo/$id.metainfo.xml
icons=$share/icons/hicolor

# Folders of the program's own: what core/accounts/profile.py uses.
settings=${XDG_CONFIG_HOME:-$HOME/.config}/$name
caches=${XDG_CACHE_HOME:-$HOME/.cache}/$name
state=${XDG_STATE_HOME:-$HOME/.local/state}/$name

# Replacing or removing files under a running program makes it fail later, at the first thing it loads then.
refuse_while_running() {
    [ -e "$program/$name" ] || return 0
    real=$(CDPATH='' cd "$program" && pwd -P)/$name
    for exe in /proc/[0-9]*/exe; do
        # Other people's processes cannot be read, and any may end meanwhile.
        if [ "$(readlink "$exe" 2>/dev/null || true)" = "$real" ]; then
            fail "Pgyer Desktop is running. Close it and run this again."
        fi
    done
}

# Only what an earlier run put there may be removed.
refuse_foreign_folder() {
    [ -e "$program" ] || [ -L "$program" ] || return 0
    if [ -L "$program" ] || [ ! -f "$program/$name" ] || [ ! -f "$program/install.sh" ]; then
        fail "$program exists and is not an installed Pgyer Desktop. Move it away and run this again."
    fi
}

remove_icons() {
    for icon in "$icons"/*/apps/"$name".png "$icons"/scalable/apps/"$name".svg; do
        [ ! -f "$icon" ] || rm -f "$icon"
    done
}

# Desktops notice new icons by the folder's time; a cache is only refreshed where there is one. The desktop entry opens
# no file types, so the database of those is not ours to make.
refresh_desktop() {
    [ ! -d "$icons" ] || touch "$icons"
    if [ -f "$icons/icon-theme.cache" ] && command -v gtk-update-icon-cache >/dev/null; then
        gtk-update-icon-cache --quiet --force --ignore-theme-index "$icons" || true
    fi
}

install_program() {
    from=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
    if [ ! -x "$from/$name" ] || [ ! -f "$from/share/applications/$name.desktop" ]; then
        fail "the program is not beside this script: run it in the unpacked folder."
    fi
    [ "$from" != "$program" ] || fail "this is the installed program. Run install.sh of the newer one's folder."
    case $program in
    *[\"\`\$\\%]*) fail "cannot install below $share: a desktop file cannot name that folder." ;;
    esac
    refuse_foreign_folder
    refuse_while_running

    # Beside the old one first: a full disk leaves that as it was.
    mkdir -p "$share" "$bin" "$share/applications" "$share/metainfo"
    rm -rf "$program.new"
    trap 'rm -rf "$program.new"' EXIT
    cp -R -P "$from" "$program.new"
    rm -rf "$program"
    mv "$program.new" "$program"
    trap - EXIT

    if [ -e "$bin/$name" ] && [ ! -L "$bin/$name" ]; then
        printf '%s\n' "Left alone, because it is not ours: $bin/$name" >&2
    else
        ln -sf "$program/$name" "$bin/$name"
    fi

    # Menus do not always search ~/.local/bin, so the entry names the program by its whole path.
    while IFS= read -r line; do
        case $line in
        Exec=*) printf 'Exec="%s"\n' "$program/$name" ;;
        TryExec=*) printf 'TryExec=%s\n' "$program/$name" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done <"$program/share/applications/$name.desktop" >"$desktop_file"

    cp "$program/share/metainfo/$id.metainfo.xml" "$metainfo_file"
    remove_icons
    (
        cd "$program/share/icons/hicolor"
        for icon in */apps/"$name".*; do
            mkdir -p "$icons/$(dirname "$icon")"
            cp "$icon" "$icons/$icon"
        done
    )
    refresh_desktop

    printf '%s\n' "Pgyer Desktop is installed in $program."
    case ":${PATH:-}:" in
    *":$bin:"*) printf '%s\n' "Start it from the menu, or with: $name" ;;
    *) printf '%s\n' "Start it from the menu, or with: $bin/$name" ;;
    esac
    printf '%s\n' "To remove it: $program/install.sh --uninstall"
}

ask_about_data() {
    found=
    for folder in "$settings" "$caches" "$state"; do
        [ ! -d "$folder" ] || found="$found
  $folder"
    done
    [ -n "$found" ] || return 0
    if [ ! -t 0 ]; then
        printf '%s\n' "Your settings, journal, builds that were read, caches and logs are kept:$found"
        return 0
    fi
    cat <<EOF

Remove your data too: settings, journal of changes, pinned builds, builds that were read, caches and logs?$found
API keys are not among them. They stay in your keyring (service "$name") until you remove the account in the
program, under Accounts, or the entry with the keyring's own tool.
EOF
    printf 'Remove this data? [y/N] '
    answer=
    read -r answer || true
    case $answer in
    [Yy] | [Yy][Ee][Ss])
        rm -rf "$settings" "$caches" "$state"
        printf '%s\n' "The data was removed."
        ;;
    *) printf '%s\n' "The data was kept." ;;
    esac
}

uninstall_program() {
    refuse_foreign_folder
    refuse_while_running
    # The link is ours only as long as it points to the program.
    if [ -L "$bin/$name" ] && [ "$(readlink "$bin/$name")" = "$program/$name" ]; then
        rm -f "$bin/$name"
    fi
    rm -f "$desktop_file" "$metainfo_file"
    remove_icons
    refresh_desktop
    cd / # out of the folder that goes
    rm -rf "$program"
    printf '%s\n' "Pgyer Desktop was removed."
    ask_about_data
}

# The whole script is read before the folder that it lies in is removed: everything is a function up to here.
main() {
    case ${1-} in
    '') install_program ;;
    --uninstall) uninstall_program ;;
    --help | -h) usage ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
    exit
}

main "$@"
