#!/bin/sh
# Utfall: check what a build needs, and install what a Debian system can supply.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: sh scripts/setup.sh
#
# Needs: a Swift toolchain (6.2 or later), git, make, pkg-config and the GNU Scientific Library
# with its headers. Swift is only checked. The rest is installed with apt-get, with sudo when the
# user is not root; the commands are printed before they run. With nothing missing it changes
# nothing and needs neither root nor a network.
set -eu

swift_needed_major=6
swift_needed_minor=2

say() { printf 'setup: %s\n' "$*"; }
fail() {
  printf 'setup: error: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

# --- Swift -----------------------------------------------------------------------------------

if ! command -v swift >/dev/null 2>&1; then
  fail "Swift was not found on PATH." \
    "Utfall needs Swift $swift_needed_major.$swift_needed_minor or later." \
    "Install it for your system from https://www.swift.org/install/ and run this again." \
    "If it is installed already, add the usr/bin folder of the toolchain to PATH."
fi

if ! swift_says=$(swift --version 2>&1 </dev/null); then
  fail "'swift --version' failed. It said:" "$swift_says" \
    "A missing system library is the usual cause: https://www.swift.org/install/linux/ lists" \
    "the packages that a toolchain needs."
fi
swift_version=$(printf '%s\n' "$swift_says" |
  sed -n 's/.*Swift version \([0-9][0-9]*\(\.[0-9][0-9]*\)*\).*/\1/p' | head -n 1)
if [ -z "$swift_version" ]; then
  fail "the version of Swift could not be read from 'swift --version'. It said:" "$swift_says"
fi
swift_major=${swift_version%%.*}
swift_rest=${swift_version#"$swift_major"}
swift_rest=${swift_rest#.}
swift_minor=${swift_rest%%.*}
swift_minor=${swift_minor:-0}
if [ "$swift_major" -lt "$swift_needed_major" ] ||
  { [ "$swift_major" -eq "$swift_needed_major" ] && [ "$swift_minor" -lt "$swift_needed_minor" ]; }
then
  fail "Swift $swift_version is too old: $swift_needed_major.$swift_needed_minor or later is needed." \
    "It was found at $(command -v swift)." \
    "Install a newer toolchain from https://www.swift.org/install/ and put its usr/bin folder" \
    "first on PATH."
fi

# --- System packages -------------------------------------------------------------------------

have() { command -v "$1" >/dev/null 2>&1; }
have_gsl() { have pkg-config && pkg-config --exists gsl; }

missing=
if ! have_gsl; then
  missing="libgsl-dev pkg-config"
fi
if ! have git; then # the Swift package manager fetches packages with git
  missing="$missing git ca-certificates"
fi
if ! have make; then
  missing="$missing make"
fi
missing=${missing# }

if [ -z "$missing" ]; then
  say "Swift $swift_version, GSL $(pkg-config --modversion gsl): nothing to install."
  exit 0
fi

say "missing: $missing"

if ! have apt-get; then
  fail "this system has no apt-get, so nothing was installed." \
    "Install these with your own package manager and run this again: git, make, pkg-config," \
    "and the GNU Scientific Library with its headers. For example:" \
    "Fedora:  dnf install git make pkgconf-pkg-config gsl-devel" \
    "macOS:   brew install gsl pkg-config"
fi

by_hand="apt-get update && apt-get install -y --no-install-recommends $missing"
if [ "$(id -u)" -eq 0 ]; then
  as_root=
elif ! have sudo; then
  fail "installing packages needs root, and this user is not root and has no sudo." \
    "Ask an administrator to run:" "$by_hand"
elif [ -t 0 ] && [ -z "${CI:-}" ]; then
  as_root="sudo"
else
  as_root="sudo -n" # never ask for a password where nobody can answer
  sudo -n true 2>/dev/null ||
    fail "sudo wants a password, and there is no terminal to ask for it on." \
      "Run this in a terminal, or run as root:" "$by_hand"
fi

run_as_root() {
  say "running: ${as_root:+$as_root }$*"
  # shellcheck disable=SC2086 # empty, or a command and its option
  $as_root "$@" </dev/null
}

DEBIAN_FRONTEND=noninteractive
export DEBIAN_FRONTEND

# A single unreachable source makes 'update' fail although GSL is in reach: install decides.
run_as_root apt-get update || say "apt-get update reported a problem; trying to install anyway."
# shellcheck disable=SC2086 # a list of names
run_as_root apt-get install -y --no-install-recommends $missing ||
  fail "apt-get could not install: $missing" \
    "Its own message is above. Once it is mended, run this again, or run as root:" "$by_hand"

have_gsl || fail "libgsl-dev is installed, but 'pkg-config --exists gsl' still fails." \
  "If PKG_CONFIG_PATH or PKG_CONFIG_LIBDIR is set, check that it does not hide gsl.pc."

say "Swift $swift_version, GSL $(pkg-config --modversion gsl): ready."
