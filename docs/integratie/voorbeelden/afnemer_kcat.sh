#!/usr/bin/env bash
# Leest de gebeurtenissen van een afnemer van Kafka: kcat en jq, met een clientcertificaat.
# apt-get install kcat jq; de instellingen staan in README.md.
set -euo pipefail

mkdir -p "$STAND"
nog=${AANTAL:--1}

# kcat kan niet bevestigen na uw verwerking, alleen daarvoor. Daarom bevestigt het niets: na een
# herstart komt alles wat het topic nog heeft, en STAND zegt per bron en kandidaat wat al verwerkt
# is.
exec 3< <(exec kcat -q -u -J -b "$KAFKA_SERVERS" \
  -X security.protocol=SSL -X ssl.ca.location="$KAFKA_CA" \
  -X ssl.certificate.location="$KAFKA_CERTIFICAAT" -X ssl.key.location="$KAFKA_SLEUTEL" \
  -X auto.offset.reset=earliest -X enable.auto.offset.store=false \
  -G "${KAFKA_GROEP:-$AFNEMER-voorbeeld}" "meedoen.afnemer.$AFNEMER.v1")
kcat=$!
trap 'kill "$kcat" 2>/dev/null && wait "$kcat" || true' EXIT TERM

while ((nog != 0)) && read -r type source subject versie data; do
  plek="$STAND/$source $subject"
  if [[ -e $plek ]] && read -r gezien <"$plek" && ((versie <= gezien)); then
    continue
  fi

  echo "$type $source $subject $versie" # uw verwerking, met "$data"

  echo "$versie" >"$plek.nieuw"
  mv "$plek.nieuw" "$plek"
  nog=$((nog - 1))
done < <(jq --unbuffered -r '
  (.headers | [range(0; length; 2) as $i | {(.[$i]): .[$i + 1]}] | add) as $kop
  | [$kop["ce_type", "ce_source", "ce_subject", "ce_aggregateversion"],
     (.payload | fromjson | tojson)] | join(" ")' <&3)

((nog == 0)) || wait "$kcat"
