#!/usr/bin/env bash
# Haalt de gebeurtenissen van een afnemer op bij de feed: curl en jq.
# apt-get install curl jq; de instellingen staan in README.md.
set -euo pipefail

nog=${AANTAL:--1}
cursor=
[[ ! -e $STAND ]] || read -r cursor <"$STAND"

# Haalt een bladzijde, net zo lang tot het lukt. Het token gaat niet als argument mee: dat ziet
# iedereen op deze machine. Het komt elke keer uit het bestand, waarin u het op tijd vernieuwt.
haal() {
  until curl -fsS --max-time 60 -H @<(echo "Authorization: Bearer $(<"$TOKEN_BESTAND")") \
    -D "$STAND.koppen" -o "$STAND.bladzijde" "$MEEDOEN$1"; do
    sleep 5
  done
}

volgende=
while ((nog != 0)); do
  # Is er meer, dan staat in Link waar. Anders wacht de vraag tot er iets is, hoogstens 30 seconden.
  haal "${volgende:-/gebeurtenissen/v1/gebeurtenissen?limiet=100&wacht=30${cursor:+&na=$cursor}}"
  volgende=$(sed -nE 's/^link: <([^>]*)>; rel="next".*/\1/Ip' "$STAND.koppen")

  while ((nog != 0)) && read -r plaats type source subject versie gebeurtenis; do
    echo "$type $source $subject $versie" # uw verwerking, met "$gebeurtenis"

    # Valt het script hier om, dan komt deze gebeurtenis nog eens, met dezelfde source en id.
    # Bewaar de cursor in uw systeem daarom in de transactie van uw verwerking.
    cursor=$plaats
    echo "$cursor" >"$STAND.nieuw"
    mv "$STAND.nieuw" "$STAND"
    nog=$((nog - 1))
  done < <(jq -r '.resultaten[] | [.cursor, (.gebeurtenis | .type, .source, .subject,
    .aggregateversion, tojson)] | join(" ")' "$STAND.bladzijde")
done
