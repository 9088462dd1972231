#!/bin/sh
# An empty or older instance → one that Airflow's services can start on. Run before them, as often as wanted:
# makes the places, parses the dbt project (the DAGs are drawn from its manifest), brings the metadata
# database to the newest schema, and sees to it that the administrator exists with the password of the environment.
set -eu

: "${AIRFLOW_ADMIN_USERNAME:?}" "${AIRFLOW_ADMIN_PASSWORD:?}"
if [ "${#AIRFLOW_ADMIN_PASSWORD}" -lt 12 ] || [ "$AIRFLOW_ADMIN_PASSWORD" = "$AIRFLOW_ADMIN_USERNAME" ]; then
  echo "AIRFLOW_ADMIN_PASSWORD needs 12 or more characters, other than the user name" >&2
  exit 2
fi

# The password goes in by stdin: an argument would show in the list of processes.
tell_password() {
  printf '%s\n%s\n' "$AIRFLOW_ADMIN_PASSWORD" "$AIRFLOW_ADMIN_PASSWORD"
}

cotmoc init
python -c 'from cotmoc.serving.rendering import write_manifest
from cotmoc.settings import settings
write_manifest(settings().places)'
airflow db migrate
answer=$(tell_password | airflow users create --role Admin --username "$AIRFLOW_ADMIN_USERNAME" \
  --firstname Quản --lastname trị --email "$AIRFLOW_ADMIN_USERNAME@cotmoc.invalid")
printf '%s\n' "$answer"
case $answer in
  *"already exists"*) tell_password | airflow users reset-password --username "$AIRFLOW_ADMIN_USERNAME" ;;
esac
