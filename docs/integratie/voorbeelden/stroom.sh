#!/usr/bin/env bash
# Volgt de gebeurtenissen van een afnemer terwijl zij binnenkomen (server-sent events): curl en jq.
# apt-get install curl jq; de instellingen staan in README.md.
set -euo pipefail

nog=${AANTAL:--1}
cursor=
[[ ! -e $STAND ]] || read -r cursor <"$STAND"
curl=
trap 'kill "$curl" 2>/dev/null || true' EXIT

while ((nog != 0)); do
  # Het token en de plaats gaan niet als argument mee: die ziet iedereen op deze machine. Het token
  # komt elke keer uit het bestand, waarin u het op tijd vernieuwt. Een minuut stilte is een breuk:
  # Meedoen laat elke 15 seconden iets horen.
  exec 3< <(exec curl -fsSN --speed-limit 1 --speed-time 60 "$MEEDOEN/gebeurtenissen/v1/stroom" \
    -H @<(echo "Authorization: Bearer $(<"$TOKEN_BESTAND")"
      [[ -z $cursor ]] || echo "Last-Event-ID: $cursor"))
  curl=$!

  id='' gebeurtenis=''
  while ((nog != 0)) && IFS= read -r regel <&3; do
    case $regel in
      'id: '*) id=${regel#id: } ;;
      'data: '*) gebeurtenis=${regel#data: } ;;
      '') # het bericht is compleet
        if [[ $gebeurtenis ]]; then
          jq -r '[.type, .source, .subject, .aggregateversion] | join(" ")' <<<"$gebeurtenis" # uw verwerking
          nog=$((nog - 1))
        fi
        # Valt het script hier om, dan komt deze gebeurtenis nog eens, met dezelfde source en id.
        # Bewaar de cursor in uw systeem daarom in de transactie van uw verwerking.
        if [[ $id ]]; then
          cursor=$id
          echo "$cursor" >"$STAND.nieuw"
          mv "$STAND.nieuw" "$STAND"
        fi
        id='' gebeurtenis=''
        ;;
    esac
  done

  kill "$curl" 2>/dev/null || true
  ((nog == 0)) || sleep 2 # de verbinding is weg, of het token verliep: ga verder waar u was
done
