import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { marketplace, PLUGIN, pluginManifest, program } from './manifest.mjs';

/**
 * Writes a plugin for Claude Code, made of the built program, and around it a marketplace that holds nothing else.
 * @returns the folder of the plugin.
 */
export async function writePlugin(out) {
  const plugin = join(out, PLUGIN);
  rmSync(out, { recursive: true, force: true });
  write(out, 'marketplace.json', marketplace());
  write(plugin, 'plugin.json', pluginManifest(await program()));
  cpSync(join('packaging', 'plugin'), plugin, { recursive: true });
  for (const file of ['dist', 'LICENSE', 'package.json']) cpSync(file, join(plugin, file), { recursive: true });
  rmSync(join(plugin, 'dist', 'demo.js'));
  return plugin;
}

function write(folder, name, value) {
  mkdirSync(join(folder, '.claude-plugin'), { recursive: true });
  writeFileSync(join(folder, '.claude-plugin', name), `${JSON.stringify(value, null, 2)}\n`);
}
