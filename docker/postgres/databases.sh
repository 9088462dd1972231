#!/bin/sh
# An empty server → a database and a user for Airflow, and for Superset, neither able to enter the other's.
# The postgres image runs this once, when its volume is new; passwords come from the environment and go by stdin.
set -eu

make_database() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set name="$1" <<SQL
\\set password \`printenv $2\`
create role :"name" login password :'password' nosuperuser nocreatedb nocreaterole;
create database :"name" owner :"name" encoding 'UTF8' template template0;
revoke all on database :"name" from public;
SQL
}

make_database airflow AIRFLOW_DATABASE_PASSWORD
make_database superset SUPERSET_DATABASE_PASSWORD
