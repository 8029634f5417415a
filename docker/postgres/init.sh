#!/bin/sh
# Makes the database, the roles of LERS and their passwords, as the superuser. Runs before each start and may be run by
# hand against a database server elsewhere; repeating it is harmless, and gives changed passwords effect.
#
# Needs psql 15 or later and: PGHOST, PGUSER and PGPASSWORD (the superuser's), DATABASE, BOOTSTRAP (the path of
# migrations/bootstrap.sql), and APP_DB_PASSWORD, HUB_DB_PASSWORD, WORKER_DB_PASSWORD, OPS_DB_PASSWORD,
# MIGRATE_DB_PASSWORD.
set -eu

for name in PGHOST PGUSER PGPASSWORD DATABASE BOOTSTRAP \
    APP_DB_PASSWORD HUB_DB_PASSWORD WORKER_DB_PASSWORD OPS_DB_PASSWORD MIGRATE_DB_PASSWORD; do
    eval "value=\${$name:-}"
    if [ -z "$value" ]; then
        echo "init.sh: $name is not set: see docker/.env.example" >&2
        exit 2
    fi
    case $name in
    *_DB_PASSWORD)
        if [ "${#value}" -lt 16 ]; then
            echo "init.sh: $name is shorter than 16 characters: make one with: openssl rand -hex 24" >&2
            exit 2
        fi
        ;;
    esac
done
if [ ! -r "$BOOTSTRAP" ]; then
    echo "init.sh: $BOOTSTRAP cannot be read: it is migrations/bootstrap.sql of the release that is being installed" >&2
    exit 2
fi

# A password stands in a statement for a moment: no log of the server may keep it, not even when the statement fails.
PGOPTIONS="-c client_min_messages=warning -c log_statement=none -c log_min_error_statement=panic -c log_min_duration_statement=-1"
export PGOPTIONS

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname postgres <<'SQL'
\getenv database DATABASE
SELECT format('CREATE DATABASE %I', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
SQL

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname "$DATABASE" --file "$BOOTSTRAP"

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname "$DATABASE" <<'SQL'
\getenv database DATABASE
\getenv app APP_DB_PASSWORD
\getenv hub HUB_DB_PASSWORD
\getenv worker WORKER_DB_PASSWORD
\getenv ops OPS_DB_PASSWORD
\getenv migrate MIGRATE_DB_PASSWORD
SET password_encryption = 'scram-sha-256';
ALTER ROLE lers_app PASSWORD :'app';
ALTER ROLE lers_hub PASSWORD :'hub';
ALTER ROLE lers_worker PASSWORD :'worker';
ALTER ROLE lers_ops PASSWORD :'ops';
ALTER ROLE lers_migrate PASSWORD :'migrate';
ALTER DATABASE :"database" OWNER TO lers_owner;
SQL

echo "the database $DATABASE and its roles are ready"
