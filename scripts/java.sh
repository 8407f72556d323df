# Sourced by the other scripts: finds the JDK and Maven. Defines root, java_home, find_jdk, find_maven, find_chromium and fail.

root=$(cd -P "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

fail() {
    echo "$*" >&2
    exit 1
}

# The major version of the JDK in that folder; nothing if there is none, or only a runtime without a compiler.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    local version
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
    if [ -z "$version" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
    fi
    [ -n "$version" ] && echo "$version"
}

is_jdk() {
    local version
    version=$(jdk_version "$1") && [ "$version" -ge 17 ]
}

# SENDSTATUS_JAVA_HOME, JAVA_HOME, the one on the PATH, then the newest that the system has.
find_jdk() {
    local candidate
    java_home=
    if [ -n "${SENDSTATUS_JAVA_HOME:-}" ]; then
        is_jdk "$SENDSTATUS_JAVA_HOME" ||
            fail "SENDSTATUS_JAVA_HOME ($SENDSTATUS_JAVA_HOME) is no JDK of version 17 or later: mend or unset it."
        java_home=$SENDSTATUS_JAVA_HOME
    elif [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
        java_home=$JAVA_HOME
    elif candidate=$(command -v javac) && candidate=$(dirname "$(dirname "$(readlink -f "$candidate")")") &&
        is_jdk "$candidate"; then
        java_home=$candidate
    else
        for candidate in $(ls -d /usr/lib/jvm/*/ 2>/dev/null | sort -V); do
            if is_jdk "${candidate%/}"; then
                java_home=${candidate%/}
            fi
        done
    fi
    [ -n "$java_home" ] ||
        fail "No JDK 17 or later was found: install one (Debian: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME."
    export JAVA_HOME=$java_home
}

# Installs Maven where that is possible without asking anybody.
find_maven() {
    command -v mvn >/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Maven is missing; installing it with apt-get." >&2
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends maven; } \
            >"${TMPDIR:-/tmp}/sendstatus-apt.log" 2>&1 || tail -n 20 "${TMPDIR:-/tmp}/sendstatus-apt.log" >&2
    fi
    command -v mvn >/dev/null ||
        fail "Maven is missing: install it (Debian: apt-get install maven) or put mvn on the PATH."
}

# For the tests of the dashboard. Installed where that is possible without asking anybody; without it those tests are skipped.
find_chromium() {
    [ -x /usr/bin/chromium ] && [ -x /usr/bin/chromedriver ] && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Chromium is missing; installing it with apt-get." >&2
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium chromium-driver; } \
            >"${TMPDIR:-/tmp}/sendstatus-apt.log" 2>&1 || tail -n 20 "${TMPDIR:-/tmp}/sendstatus-apt.log" >&2
    fi
    [ -x /usr/bin/chromium ] && [ -x /usr/bin/chromedriver ] ||
        echo "Chromium is missing, so the dashboard is not tested in a browser: install it (Debian: apt-get install chromium chromium-driver)." >&2
}

# Whether the first file is there and nothing under the other paths has changed since it was written.
nothing_newer_than() {
    local file=$1
    shift
    [ -f "$file" ] && [ -z "$(find "$@" -newer "$file" -print -quit)" ]
}
