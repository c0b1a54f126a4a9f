# Sourced by the scripts beside it (POSIX sh): finds the project, its Node and its Yarn.

ROOT=$(cd "$(dirname "$0")/.." && pwd)
TOOLS="$ROOT/.tools"
# SWC unpacks its native part into a cache, by default in a home folder that CI may not have.
SWC_NATIVE_BINDING_CACHE="$TOOLS/swc"
export ROOT TOOLS SWC_NATIVE_BINDING_CACHE

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# The npm package that carries Node's binary and headers for this machine.
node_package() {
  case "$(uname -s)" in
    Linux) node_os=linux ;;
    Darwin) node_os=darwin ;;
    *) fail "This project runs on Linux and macOS; $(uname -s) is neither." ;;
  esac
  case "$(uname -m)" in
    x86_64 | amd64) node_cpu=x64 ;;
    aarch64 | arm64) node_cpu=arm64 ;;
    *) fail "There is no Node package for $(uname -m); install Node 24 yourself and put it on the PATH." ;;
  esac
  say "node-$node_os-$node_cpu"
}

# Backstage 1.55 runs on Node 22 and 24.
node_fits() {
  case "$("$1" --version 2>/dev/null)" in
    v22.1[2-9].* | v22.[2-9][0-9].* | v24.*) return 0 ;;
    *) return 1 ;;
  esac
}

# Puts the right Node first on the PATH; fails when setup has not fetched it yet.
use_node() {
  if command -v node >/dev/null 2>&1 && node_fits node; then
    return 0
  fi
  node_home="$TOOLS/node/node_modules/$(node_package)"
  node_fits "$node_home/bin/node" || return 1
  PATH="$node_home/bin:$PATH"
  npm_config_nodedir="$node_home"
  export PATH npm_config_nodedir
}

yarn() { node "$(echo "$ROOT"/.yarn/releases/yarn-*.cjs)" "$@"; }

# Runs a TypeScript file of this repository; `exec` so that signals reach it directly.
exec_ts() {
  exec node --enable-source-maps --disable-warning=ExperimentalWarning --disable-warning=DEP0205 \
    --require "$ROOT/node_modules/@backstage/cli/config/nodeTransform.cjs" "$@"
}

# One hash of the contents of files; a file that is missing counts as empty.
hash_of() { cat "$@" 2>/dev/null | git hash-object --stdin; }

yarn_hash() {
  (
    cd "$ROOT" || exit 1
    hash_of yarn.lock .yarnrc.yml package.json packages/*/package.json plugins/*/package.json blueprints/*/package.json
  )
}
python_requirements() { say "$ROOT/packages/sandbox/emulator/requirements.txt"; }
python_hash() { hash_of "$(python_requirements)"; }

lint_requirements() { say "$ROOT/blueprints/requirements.txt"; }
# It lives in the emulator's venv, so it goes when that is made anew.
cfn_lint_hash() { hash_of "$(lint_requirements)" "$TOOLS/stamps/python"; }

stamp_is() { [ "$(cat "$TOOLS/stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp() {
  mkdir -p "$TOOLS/stamps"
  say "$2" >"$TOOLS/stamps/$1"
}

packages_are_installed() { [ -f "$ROOT/node_modules/.yarn-state.yml" ] && stamp_is yarn "$(yarn_hash)"; }
cfn_lint_is_installed() { [ -x "$TOOLS/venv/bin/cfn-lint" ] && stamp_is cfn-lint "$(cfn_lint_hash)"; }
python_is_installed() { [ -x "$TOOLS/venv/bin/python" ] && stamp_is python "$(python_hash)"; }

# What the browser gets: the app, what it draws with, and the pages of plugins.
app_hash() {
  (
    cd "$ROOT" || exit 1
    find packages/app packages/ui plugins \( -name node_modules -o -name dist -o -name '*-backend*' -o -name '*-node' \) -prune \
      -o -type f ! -name '*.test.ts*' ! -name '*.md' -print | LC_ALL=C sort | xargs cat yarn.lock | git hash-object --stdin
  )
}
app_is_built() { [ -f "$ROOT/packages/app/dist/index.html.tmpl" ] && stamp_is app "$(app_hash)"; }

is_set_up() { use_node && packages_are_installed && python_is_installed && app_is_built; }

find_chromium() {
  for browser in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome; do
    if [ -n "$browser" ] && command -v "$browser" >/dev/null 2>&1; then
      command -v "$browser"
      return 0
    fi
  done
  return 1
}

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
apt_install() {
  say "apt       install $*"
  apt-get update -qq >"$TOOLS/apt.log" 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$TOOLS/apt.log" 2>&1
}
