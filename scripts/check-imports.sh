#!/usr/bin/env bash
# Utfall: check which module imports which.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: scripts/check-imports.sh [FOLDER]      check the Swift code under FOLDER (default: the
#                                               repository); exit 1 and list what breaks a rule
#        scripts/check-imports.sh --self-test   show that each rule fires
#
# The rules:
#   one-way         modules import only to the right: simulate, ScenarioIO, Economics, SimCore, CGSL
#   ckernels        CKernels only in Sources/SimCore/Vector
#   cgsl            CGSL only in Sources/SimCore/GSL (and in Benchmarks, which compare with GSL)
#   dispatch        within SimCore, Dispatch only in Sources/SimCore/Run
#   foundation      no Foundation, whole or in part, in SimCore
#   yams            Yams only in Sources/ScenarioIO
#   argument-parser ArgumentParser only in Sources/simulate
#   xctest          XCTest nowhere: `make test` runs Swift Testing only
#   known-module    each folder of Swift code under Sources has a place in the order above
#
# Imports are read from the code itself, not from comments or strings, in all their forms:
# `public import X`, `@preconcurrency import X`, `import struct X.Y`, `@_exported import X`, and so
# on, on one line or several.
set -euo pipefail
export LC_ALL=C

# Prints `path:line: [rule] ...` for each violation. Exit status: 0 none, 1 some, 2 could not check.
check_tree() {
  local root=$1 file
  local -a folders=() files=()
  for file in Sources Tests Benchmarks; do
    if [ -d "$root/$file" ]; then folders+=("./$file"); fi
  done
  if [ "${#folders[@]}" -gt 0 ]; then
    while IFS= read -r -d '' file; do
      files+=("$file")
    done < <(cd "$root" && find "${folders[@]}" -name '.?*' -prune -o -name '*.swift' -type f -print0 |
      sort -z)
  fi
  if [ "${#files[@]}" -eq 0 ]; then
    echo "check-imports: no Swift file under Sources, Tests or Benchmarks in $root" >&2
    return 2
  fi
  (cd "$root" && awk "$reader" "${files[@]}")
}

# A reader of Swift's outer grammar: comments (nested), string literals (raw, multi-line, with
# interpolations), extended regex literals, and otherwise tokens, of which imports are picked.
# shellcheck disable=SC2016
reader='
function report(rule, text) {
  printf "%s:%d: [%s] import %s: %s\n", path, import_line, rule, module, text
  violations++
}

function check(    allowed) {
  if (part[1] == "Sources" && (part[2] in rank) && (module in rank) && rank[module] > rank[part[2]])
    report("one-way", part[2] " must not import " module)
  if (module == "CKernels" && place !~ /^Sources\/SimCore\/Vector\//)
    report("ckernels", "only Sources/SimCore/Vector imports CKernels")
  if (module == "CGSL" && !(part[1] == "Benchmarks" || place ~ /^Sources\/SimCore\/GSL\//))
    report("cgsl", "only Sources/SimCore/GSL imports CGSL")
  if (module == "Dispatch" && place ~ /^Sources\/SimCore\// && place !~ /^Sources\/SimCore\/Run\//)
    report("dispatch", "within SimCore, only Sources/SimCore/Run imports Dispatch")
  if (module ~ /^_?Foundation/ && place ~ /^Sources\/SimCore\//)
    report("foundation", "SimCore does without Foundation")
  if (module == "Yams" && place !~ /^Sources\/ScenarioIO\//)
    report("yams", "only Sources/ScenarioIO imports Yams")
  if (module == "ArgumentParser" && place !~ /^Sources\/simulate\//)
    report("argument-parser", "only Sources/simulate imports ArgumentParser")
  if (module == "XCTest")
    report("xctest", "tests are written with Swift Testing; XCTest would not be run")
}

# One token of code. quoted: a name in backticks, which is never a keyword.
function token(text, is_name, quoted) {
  if (expecting == "kind or module" && is_name && !quoted && (text in kind_of_import))
    expecting = "module"
  else if (expecting != "" && is_name) {
    expecting = ""
    module = text
    check()
  } else {
    expecting = ""
    # After a point or an opening bracket, or before a colon, `import` is a label or a member.
    if (text == "import" && !quoted && before !~ /^[.,(]$/) {
      expecting = "kind or module"
      import_line = FNR
    }
  }
  before = text
}

function start_file() {
  finish_file()
  path = FILENAME
  sub(/^\.\//, "", path)
  place = path
  delete part
  split(path, part, "/")
  top = 0; mode[0] = "code"; comments = 0; expecting = ""; before = ""
  if (part[1] == "Sources" && !(part[2] in rank)) {
    printf "%s:1: [known-module] Sources/%s has no place in the import order; ", path, part[2]
    print "give it one in scripts/check-imports.sh"
    violations++
  }
}

# A file that ends inside a comment or a string was misread: say so instead of passing it.
function finish_file() {
  if (path != "" && (comments > 0 || top > 0)) {
    printf "%s: the file ends inside a comment or a string (opened in line %d), ", path, opened
    print "so its imports could not be read"
    unreadable++
  }
}

function push(new_mode, hashes) {
  if (top == 0) opened = FNR
  mode[++top] = new_mode; hash[top] = hashes; depth[top] = 0
}

function read_line(line,    c, h, delimiter, m, p) {
  while (line != "") {
    m = mode[top]
    if (comments > 0) {
      if (!match(line, /\/\*|\*\//)) return
      comments += substr(line, RSTART, 1) == "/" ? 1 : -1
      line = substr(line, RSTART + 2)
    } else if (m == "code") {
      c = substr(line, 1, 1)
      if (match(line, /^[ \t\r]+/)) line = substr(line, RLENGTH + 1)
      else if (substr(line, 1, 2) == "//") return
      else if (substr(line, 1, 2) == "/*") {
        comments = 1
        if (top == 0) opened = FNR
        line = substr(line, 3)
      } else if (match(line, /^#*"""[ \t\r]*$/)) {
        h = index(line, "\"") - 1
        push("text block", substr(line, 1, h))
        if (top == 1) token("\"", 0, 0)
        return
      } else if (match(line, /^#*"/)) {
        push("string", substr(line, 1, RLENGTH - 1))
        if (top == 1) token("\"", 0, 0)
        line = substr(line, RLENGTH + 1)
      } else if (match(line, /^#+\//)) {
        push("regex", substr(line, 1, RLENGTH - 1))
        if (top == 1) token("/", 0, 0)
        line = substr(line, RLENGTH + 1)
        # Only a regex with nothing after its opening may run over several lines.
        if (line !~ /^[ \t\r]*$/) mode[top] = "regex line"
      } else if (match(line, /^`[^`]*`/)) {
        if (top == 0) token(substr(line, 2, RLENGTH - 2), 1, 1)
        line = substr(line, RLENGTH + 1)
      } else if (match(line, /^[A-Za-z0-9_\200-\377]+/)) {
        if (top == 0) token(substr(line, 1, RLENGTH), 1, 0)
        line = substr(line, RLENGTH + 1)
      } else {
        line = substr(line, 2)
        if (top == 0) token(c, 0, 0)
        else if (c == "(") depth[top]++
        else if (c == ")" && depth[top]-- == 0) top--   # the end of an interpolation
      }
    } else {
      # Inside a literal: the next of its end, an escape or an interpolation.
      h = hash[top]
      if (m == "regex" || m == "regex line") {
        p = index(line, "/" h)
        if (p == 0) return
        line = substr(line, p + 1 + length(h))
        top--
      } else {
        delimiter = (m == "string" ? "\"" : "\"\"\"") h
        p = index(line, delimiter)
        c = index(line, "\\" h)
        if (p == 0 && c == 0) return
        if (c == 0 || (p > 0 && p < c)) {
          line = substr(line, p + length(delimiter))
          top--
        } else {
          line = substr(line, c + 1 + length(h))
          if (substr(line, 1, 1) == "(") push("code", "")
          line = substr(line, 2)
        }
      }
    }
  }
}

BEGIN {
  rank["CGSL"] = 0; rank["CKernels"] = 0; rank["SimCore"] = 1; rank["Economics"] = 2
  rank["ScenarioIO"] = 3; rank["simulate"] = 4
  split("typealias struct class enum protocol let var func actor macro", words, " ")
  for (i in words) kind_of_import[words[i]] = 1
}
FNR == 1 { start_file() }
{
  read_line($0)
  # A string in one line ends with it at the latest.
  for (i = 1; i <= top; i++)
    if (mode[i] == "string" || mode[i] == "regex line") { top = i - 1; break }
}
END {
  finish_file()
  exit unreadable ? 2 : violations ? 1 : 0
}
'

# --- Self-test -------------------------------------------------------------------------------

self_test() {
  local folder checks=0 failures=0
  folder=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder's name now, not when the trap runs
  trap "rm -rf '$folder'" EXIT

  # expect NAME PATH STATUS EXPECTED: checks one file, its text on standard input, in a tree of its
  # own. EXPECTED holds the "LINE RULE" pairs to be reported, in order, separated by commas.
  expect() {
    local name=$1 path=$2 status=$3 expected=$4 got_status=0 output got
    local tree="$folder/tree"
    rm -rf "$tree"
    mkdir -p "$tree/$(dirname "$path")"
    cat >"$tree/$path"
    output=$(check_tree "$tree" 2>&1) || got_status=$?
    # Of each report, `path:line: [rule] text`, the line and the rule; anything else as it is.
    got=$(printf '%s\n' "$output" |
      sed "s|^$path:\([0-9]*\): \[\([a-z-]*\)\].*|\1 \2|; s|.* could not be read$|unreadable|" |
      paste -s -d ,)
    checks=$((checks + 1))
    if [ "$got_status" -ne "$status" ] || [ "$got" != "$expected" ]; then
      failures=$((failures + 1))
      echo "check-imports: self-test '$name' failed: expected status $status and '$expected'," \
        "got status $got_status and: $output" >&2
    fi
  }

  # Each rule, and beside it the place where the same import is allowed.
  expect 'simcore imports economics' Sources/SimCore/A.swift 1 '1 one-way' <<<'import Economics'
  expect 'simcore imports scenarioio' Sources/SimCore/A.swift 1 '1 one-way' <<<'import ScenarioIO'
  expect 'simcore imports simulate' Sources/SimCore/A.swift 1 '1 one-way' <<<'import simulate'
  expect 'economics imports scenarioio' Sources/Economics/A.swift 1 '1 one-way' <<<'import ScenarioIO'
  expect 'economics imports simulate' Sources/Economics/A.swift 1 '1 one-way' <<<'import simulate'
  expect 'scenarioio imports simulate' Sources/ScenarioIO/A.swift 1 '1 one-way' <<<'import simulate'
  expect 'economics imports simcore' Sources/Economics/A.swift 0 '' <<<'import SimCore'
  expect 'scenarioio imports its own' Sources/ScenarioIO/A.swift 0 '' \
    <<<$'import Economics\nimport Foundation\nimport SimCore\nimport Yams'
  expect 'simulate imports its own' Sources/simulate/A.swift 0 '' \
    <<<$'import ArgumentParser\nimport Dispatch\nimport Economics\nimport ScenarioIO\nimport SimCore'
  expect 'cgsl in simcore' Sources/SimCore/Random/A.swift 1 '1 cgsl' <<<'import CGSL'
  expect 'cgsl beside the folder' Sources/SimCore/GSLTools/A.swift 1 '1 cgsl' <<<'import CGSL'
  expect 'cgsl in economics' Sources/Economics/GSL/A.swift 1 '1 cgsl' <<<'import CGSL'
  expect 'cgsl in simulate' Sources/simulate/A.swift 1 '1 cgsl' <<<'import CGSL'
  expect 'cgsl in tests' Tests/SimCoreTests/A.swift 1 '1 cgsl' <<<'import CGSL'
  expect 'ckernels in simcore' Sources/SimCore/Run/A.swift 1 '1 ckernels' <<<'import CKernels'
  expect 'ckernels in its folder' Sources/SimCore/Vector/A.swift 0 '' <<<'internal import CKernels'
  expect 'cgsl in its folder' Sources/SimCore/GSL/A.swift 0 '' <<<'import CGSL'
  expect 'cgsl in benchmarks' Benchmarks/Sources/Draws/A.swift 0 '' <<<'import CGSL'
  expect 'dispatch in simcore' Sources/SimCore/Plan/A.swift 1 '1 dispatch' <<<'import Dispatch'
  expect 'dispatch in its folder' Sources/SimCore/Run/A.swift 0 '' <<<'import Dispatch'
  expect 'foundation in simcore' Sources/SimCore/Run/A.swift 1 '1 foundation' <<<'import Foundation'
  expect 'a part of foundation' Sources/SimCore/A.swift 1 '1 foundation' <<<'import FoundationEssentials'
  expect 'foundation in tests' Tests/SimCoreTests/A.swift 0 '' <<<'import Foundation'
  expect 'yams in simcore' Sources/SimCore/A.swift 1 '1 yams' <<<'import Yams'
  expect 'yams in simulate' Sources/simulate/A.swift 1 '1 yams' <<<'import Yams'
  expect 'yams in tests' Tests/ScenarioIOTests/A.swift 1 '1 yams' <<<'import Yams'
  expect 'parser in scenarioio' Sources/ScenarioIO/A.swift 1 '1 argument-parser' <<<'import ArgumentParser'
  expect 'parser in tests' Tests/SimulateCommandTests/A.swift 1 '1 argument-parser' <<<'import ArgumentParser'
  expect 'xctest' Tests/SimCoreTests/A.swift 1 '1 xctest' <<<'import XCTest'
  expect 'swift testing' Tests/SimCoreTests/A.swift 0 '' <<<'import Testing'
  expect 'a new module' Sources/Extra/A.swift 1 '1 known-module' <<<'import SimCore'
  expect 'a hidden folder' Benchmarks/.build/A.swift 2 "check-imports: no Swift file under \
Sources, Tests or Benchmarks in $folder/tree" <<<'import Yams'

  # Each way to write an import.
  local form
  # shellcheck disable=SC2016 # the backticks are Swift's
  for form in 'public import Yams' 'internal import Yams' 'package import Yams' \
    'private import Yams' 'fileprivate import Yams' '@preconcurrency import Yams' \
    '@_exported import Yams' '@testable import Yams' '@_implementationOnly import Yams' \
    '@_spi(Inner) import Yams' '@_exported public import Yams' '@preconcurrency public import Yams' \
    'import struct Yams.Node' 'public import class Yams.Parser' 'import enum Yams.Node' \
    'import protocol Yams.A' 'import typealias Yams.A' 'import func Yams.load' 'import let Yams.a' \
    'import var Yams.a' 'import Yams.Inner' 'import `Yams`' '  import  Yams // a remark' \
    $'\timport\tYams;' 'let a = 1; import Yams' '/* a */ import /* b */ Yams' \
    '/* a /* nested */ one */ import Yams' $'import Yams\r'; do
    expect "form: $form" Sources/SimCore/A.swift 1 '1 yams' <<<"$form"
  done
  expect 'an import in two lines' Sources/SimCore/A.swift 1 '2 yams' <<<$'@_exported\nimport\n  Yams'
  expect 'an import in a condition' Sources/SimCore/A.swift 1 '2 yams' \
    <<<$'#if canImport(Yams)\nimport Yams\n#endif'
  expect 'two imports in one line' Sources/SimCore/A.swift 1 '1 yams,1 cgsl' <<<'import Yams; import CGSL'
  expect 'several lines' Sources/SimCore/A.swift 1 '2 yams,4 cgsl' \
    <<<$'import Synchronization\nimport Yams\n\npublic import CGSL'

  # What only looks like an import.
  expect 'comments and strings' Sources/SimCore/A.swift 0 '' <<'SWIFT'
// import Yams
/// import Yams
/* import Yams
/* import CGSL */
import Foundation */
let a = "import Yams"
let b = "\"import Yams"
let c = "\(f("import Yams")) import Yams"
let d = """
  import Yams
  \(f("""
  import CGSL
  """))
  import Foundation
  """
let e = #"a "quoted" \" import Yams"#
let f = #"""
  import Yams """ import CGSL \"""
  import Yams
  """#
let g = ##"import "# Yams"##
let h = #"""#
let i = #/"""|import Yams/#
let j = #/
  """ import
  Yams
  /#
SWIFT
  expect 'labels and members' Sources/SimCore/A.swift 0 '' <<'SWIFT'
import Dispatcher
import MyYams
import Other.Yams
func read(import Yams: Int, `import` CGSL: Int) {}
let a = read.import
enum B { case `import` }
read(import: Yams, import: CGSL)
let importYams = 1
SWIFT
  # Reading goes on correctly after each kind of literal.
  expect 'after comments and strings' Sources/SimCore/A.swift 1 \
    '2 yams,4 yams,6 yams,8 yams,12 yams,16 yams,18 yams,20 yams,25 yams' <<'SWIFT'
let a = "\\"
import Yams
let b = "\(f("x", ")"))"
import Yams
let c = #"\"#
import Yams
let d = #"\#(f("x"))"#
import Yams
let e = """
  \("x") " ""
  """
import Yams
let f = ##"""
  "# """# \("
  """##
import Yams
let g = "" + ""
import Yams
let h = #/"/#
import Yams
/*
 // */ let i = 1 /* "
 */
// /*
import Yams
SWIFT
  expect 'an unfinished comment' Sources/SimCore/A.swift 2 unreadable <<<$'/*\nimport Yams'
  expect 'an unfinished string' Sources/SimCore/A.swift 2 unreadable <<<$'let a = """\nimport Yams'

  if [ "$failures" -gt 0 ]; then
    echo "check-imports: self-test: $failures of $checks checks failed" >&2
    return 1
  fi
  echo "check-imports: self-test: all $checks checks passed"
}

# --- Main ------------------------------------------------------------------------------------

case "${1:-}" in
--self-test)
  self_test
  ;;
-h | --help)
  sed -n '5,7p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//'
  ;;
-*)
  echo "check-imports: unknown option $1; see --help" >&2
  exit 2
  ;;
*)
  root=${1:-$(dirname "${BASH_SOURCE[0]}")/..}
  if [ ! -d "$root" ]; then
    echo "check-imports: $root is not a folder" >&2
    exit 2
  fi
  status=0
  check_tree "$root" || status=$?
  case $status in
  0) echo "check-imports: every import follows the rules" ;;
  1) echo "check-imports: the imports above break the rules listed in scripts/check-imports.sh" >&2 ;;
  esac
  exit "$status"
  ;;
esac
