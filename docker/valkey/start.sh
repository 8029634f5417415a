#!/bin/sh
# Starts Valkey with the committed settings and the password from the environment, which no command line shows.
set -eu
REDISCLI_AUTH=${REDISCLI_AUTH:-}
export REDISCLI_AUTH
if [ "${#REDISCLI_AUTH}" -lt 16 ]; then
    echo "start.sh: REDIS_PASSWORD (in docker/.env) is missing or shorter than 16 characters: make one with: openssl rand -hex 24" >&2
    exit 2
fi
umask 077
target=${VALKEY_RUN:-/tmp}/valkey.conf
{
    cat "${VALKEY_CONF:-/etc/lers/valkey.conf}"
    printf 'requirepass "%s"\n' "$REDISCLI_AUTH"
} >"$target"
exec valkey-server "$target" "$@"
