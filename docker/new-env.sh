#!/bin/sh
# Writes docker/.env from docker/.env.example with new random secrets. Never overwrites one: it would lose the keys.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$here/.env}

if [ -e "$target" ]; then
    echo "new-env.sh: $target is there already, and its secrets are in use: it stays as it is" >&2
    exit 1
fi
if ! command -v openssl >/dev/null; then
    echo "new-env.sh: openssl is needed to make secrets: install it (apt-get install openssl)" >&2
    exit 1
fi
umask 077
while IFS= read -r line; do
    case $line in
    EVIDENCE_ENCRYPTION_KEY=) echo "$line$(openssl rand -hex 32)" ;;
    S3_ACCESS_KEY=) echo "$line$(openssl rand -hex 10)" ;; # an access key has 20 characters at most
    *_PASSWORD=* | S3_SECRET_KEY= | METRICS_TOKEN=)
        case $line in
        '#'*) echo "$line" ;;
        *) echo "$line$(openssl rand -hex 20)" ;;
        esac
        ;;
    *) echo "$line" ;;
    esac
done <"$here/.env.example" >"$target"
echo "$target is written. Now fill in PUBLIC_HOST, TLS_CERTIFICATE, TLS_KEY, SMTP_HOST and MAIL_FROM."
