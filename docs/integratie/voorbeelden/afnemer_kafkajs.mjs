// Leest de gebeurtenissen van een afnemer van Kafka: Node met kafkajs.
// npm install kafkajs; de instellingen staan in README.md.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";

const { AFNEMER, KAFKA_SERVERS, KAFKA_CA, KAFKA_WACHTWOORD, KAFKA_GROEP, STAND, AANTAL } =
  process.env;
const topic = `meedoen.afnemer.${AFNEMER}.v1`;
let nog = Number(AANTAL || Infinity);

mkdirSync(STAND, { recursive: true });

/** Verwerkt een gebeurtenis die nieuw is. STAND heeft per bron en kandidaat de laatste versie:
 *  maak daar in uw systeem een tabel van en wijzig die in de transactie van uw verwerking. */
function verwerk(kop, data) {
  const { ce_type: type, ce_source: source, ce_subject: subject } = kop;
  const versie = Number(kop.ce_aggregateversion);
  const plek = join(STAND, `${source} ${subject}`);
  if (existsSync(plek) && versie <= Number(readFileSync(plek, "utf8"))) return false;

  console.log(`${type} ${source} ${subject} ${versie}`); // uw verwerking, met data

  writeFileSync(`${plek}.nieuw`, String(versie));
  renameSync(`${plek}.nieuw`, plek);
  return true;
}

const kafka = new Kafka({
  brokers: KAFKA_SERVERS.split(","),
  ssl: { ca: [readFileSync(KAFKA_CA)] },
  sasl: { mechanism: "scram-sha-512", username: AFNEMER, password: KAFKA_WACHTWOORD },
  logLevel: logLevel.ERROR,
});
const consumer = kafka.consumer({ groupId: KAFKA_GROEP || `${AFNEMER}-voorbeeld` });
process.once("SIGTERM", () => consumer.disconnect());
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true }); // geldt alleen de eerste keer
await consumer.run({
  autoCommit: false, // wij bevestigen zelf, na de verwerking
  eachMessage: async ({ partition, message }) => {
    if (nog === 0) return;
    const kop = Object.fromEntries(
      Object.entries(message.headers).map(([naam, waarde]) => [naam, waarde.toString()]),
    );
    if (verwerk(kop, JSON.parse(message.value))) nog -= 1;
    // Mislukt dit omdat de partities zijn herverdeeld, dan komt zij nog eens en staat zij in STAND.
    const offset = String(BigInt(message.offset) + 1n);
    await consumer.commitOffsets([{ topic, partition, offset }]);
    if (nog === 0) setImmediate(() => consumer.disconnect());
  },
});
