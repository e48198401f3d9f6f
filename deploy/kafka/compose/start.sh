#!/usr/bin/env bash
# Formats an empty folder, with the first login (super.users) in it, and becomes the broker.
set -euo pipefail
umask 077
# A file: a password on a command line is there for all to see.
opdracht=$(mktemp)
printf '%s\n' format --ignore-formatted "--cluster-id=$CLUSTER_ID" \
  --config=/etc/meedoen/server.properties \
  "--add-scram=SCRAM-SHA-512=[name=kafka,password=$EERSTE_WACHTWOORD]" >"$opdracht"
/opt/kafka/bin/kafka-storage.sh "@$opdracht"
rm "$opdracht"
unset EERSTE_WACHTWOORD
exec /opt/kafka/bin/kafka-server-start.sh /etc/meedoen/server.properties
