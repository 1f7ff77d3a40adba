import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import * as addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);

function schema(path: string): { $id?: string; id?: string; $schema?: string } {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function ajv(): Ajv {
  const made = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  (addFormats as unknown as { default: (ajv: Ajv) => void }).default(made);
  // Formats that only say how a text is shown, and one that plain ajv does not know.
  for (const name of ['iri-reference', 'idn-email']) made.addFormat(name, true);
  return made;
}

/** The official schema of SARIF 2.1.0, as Microsoft's package has it. */
export function sarifSchema(): ValidateFunction {
  const path = require.resolve('@microsoft/jest-sarif').replace(/lib.index\.js$/, 'lib/schemas/sarif-2.1.0-rtm.5.json');
  // It names the older draft by an address that ajv does not keep; its rules are the same.
  const { $schema: _, id: __, $id: ___, ...rules } = schema(path);
  return ajv().compile(rules);
}

/** The official schema of CycloneDX 1.6, as the project's own package has it. */
export function cycloneDxSchema(): ValidateFunction {
  const folder = require
    .resolve('@cyclonedx/cyclonedx-library')
    .replace(/dist[\\/d.]*node[\\/].*$|dist[\\/].*$/, 'res/schema/');
  const made = ajv();
  for (const name of ['spdx', 'jsf-0.82']) {
    const file = `${name}.SNAPSHOT.schema.json`;
    made.addSchema(schema(`${folder}${file}`), `http://cyclonedx.org/schema/${file}`);
  }
  return made.compile(schema(`${folder}bom-1.6.SNAPSHOT.schema.json`));
}
