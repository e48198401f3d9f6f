// Validates an AsyncAPI document with the official parser: node asyncapi_valideer.mjs MODULES FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, file] = process.argv.slice(2);
const { Parser } = createRequire(resolve(modules, "x.js"))("@asyncapi/parser");
const source = resolve(file);
const { document, diagnostics } = await new Parser().parse(readFileSync(source, "utf8"), { source });
for (const { severity, path, message } of diagnostics)
  console.log(`${["error", "warning", "info", "hint"][severity]} ${path.join("/")}: ${message}`);
process.exit(document && diagnostics.every(({ severity }) => severity > 1) ? 0 : 1);
