import { PACKAGE, program } from './manifest.mjs';

// Prints server.json for the MCP registry, for the day of release: node packaging/server-json.mjs OWNER > server.json
// OWNER is the GitHub account that publishes the package to npm under its own scope. Until then nothing is published,
// and no client may be pointed at a registry.

const owner = process.argv[2];
if (!owner || !/^[a-z\d](-?[a-z\d])*$/i.test(owner)) {
  process.stderr.write('Give the GitHub account of the owner: node packaging/server-json.mjs OWNER\n');
  process.exit(2);
}

const { SETTINGS, helpOf } = await program();
const REQUIRED = ['region'];
/** Settings whose value without them is a value that can be written down. */
const LITERAL = /^(true|false|ask|info|\d+)$/;

const server = {
  $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
  name: `io.github.${owner}/${PACKAGE.name}`,
  title: 'Huawei Cloud HSS image scanning',
  description: 'Scan the container images on your hosts with Huawei Cloud HSS, and read what was found.',
  version: PACKAGE.version,
  repository: { url: `https://github.com/${owner}/${PACKAGE.name}`, source: 'github' },
  packages: [
    {
      registryType: 'npm',
      identifier: `@${owner.toLowerCase()}/${PACKAGE.name}`,
      version: PACKAGE.version,
      transport: { type: 'stdio' },
      environmentVariables: Object.entries(SETTINGS).map(([key, { names, secret, fallback }]) => ({
        name: names[0],
        description: helpOf(key),
        isRequired: REQUIRED.includes(key),
        isSecret: secret === true,
        ...(LITERAL.test(fallback) && { default: fallback }),
      })),
    },
  ],
};
process.stdout.write(`${JSON.stringify(server, null, 2)}\n`);
