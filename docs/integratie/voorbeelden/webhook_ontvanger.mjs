// Ontvangt de gebeurtenissen van een afnemer als webhook: Node, zonder pakketten.
// De instellingen staan in README.md. Luistert op deze machine, achter uw reverse proxy met HTTPS.

import { createHmac, timingSafeEqual } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const { WEBHOOK_GEHEIM, WEBHOOK_OORSPRONG, POORT, STAND } = process.env;
const GROOTSTE = 256 * 1024;
const SPELING = 300; // seconden: ouder of nieuwer is een herhaling door een ander

mkdirSync(STAND, { recursive: true });

createServer(async (verzoek, antwoord) => {
  antwoord.writeHead(...(await antwoordOp(verzoek).catch(() => [500]))).end();
}).listen(Number(POORT), "127.0.0.1");

async function antwoordOp(verzoek) {
  if (verzoek.method === "OPTIONS") return handdruk(verzoek);
  if (verzoek.method !== "POST") return [405, { Allow: "POST" }];
  let inhoud = Buffer.alloc(0);
  for await (const deel of verzoek) {
    inhoud = Buffer.concat([inhoud, deel]);
    if (inhoud.length > GROOTSTE) return [413, { Connection: "close" }];
  }
  if (!isEcht(verzoek.headers, inhoud)) return [401];
  if (!verzoek.headers["content-type"]?.startsWith("application/cloudevents+json")) return [415];
  bewaar(inhoud);
  return [204];
}

/** Meedoen vraagt eenmaal of het hierheen mag sturen (CloudEvents, abuse protection). */
function handdruk({ headers }) {
  const oorsprong = headers["webhook-request-origin"];
  if (oorsprong !== WEBHOOK_OORSPRONG) return [403];
  return [
    204,
    { Allow: "POST", "WebHook-Allowed-Origin": oorsprong, "WebHook-Allowed-Rate": "*" },
  ];
}

/** De handtekening van Standard Webhooks: een van de gegeven handtekeningen moet de onze zijn. */
function isEcht(headers, inhoud) {
  const tijd = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(tijd)) <= SPELING)) return false;
  const onze = createHmac("sha256", Buffer.from(WEBHOOK_GEHEIM.replace(/^whsec_/, ""), "base64"))
    .update(`${headers["webhook-id"]}.${tijd}.`)
    .update(inhoud)
    .digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((gegeven) => {
    const andere = Buffer.from(gegeven.replace(/^v1,/, ""), "base64");
    return andere.length === onze.length && timingSafeEqual(andere, onze);
  });
}

/** Bewaart voordat het antwoordt: na een 204 stuurt Meedoen de gebeurtenis niet meer.
 *  STAND is de postbus: verwerk wat daarin staat, of maak er een tabel van met source en id als
 *  sleutel en verwerk in dezelfde transactie. */
function bewaar(inhoud) {
  const { id, source, type, subject, aggregateversion: versie = 0 } = JSON.parse(inhoud);
  const plek = join(STAND, encodeURIComponent(`${source} ${id}`));
  if (existsSync(plek)) return;
  writeFileSync(`${plek}.nieuw`, inhoud, { flush: true });
  renameSync(`${plek}.nieuw`, plek);
  console.log(`${type} ${source} ${subject} ${versie}`);
}
