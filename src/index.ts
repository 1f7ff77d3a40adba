#!/usr/bin/env node
/** The oldest Node that works, as package.json says, too. */
const OLDEST = [20, 18, 1];

/** Whether a version is at least the oldest one. */
function isNewEnough(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of OLDEST.entries()) {
    const part = parts[index] || 0;
    if (part !== least) return part > least;
  }
  return true;
}

// Nothing else is loaded before this is known: an old Node fails somewhere in the middle of it, and says nothing useful.
if (isNewEnough(process.versions.node)) {
  import('./main.js');
} else {
  // The catalogue of messages cannot be loaded here, so this one stands by itself, in both languages.
  const { HSS_LANG, LC_ALL, LANG } = process.env;
  const isChinese = /^\s*zh(?![a-z])/i.test(HSS_LANG || LC_ALL || LANG || '');
  process.stderr.write(
    isChinese
      ? `huaweicloud-hss-mcp 需要 Node ${OLDEST.join('.')} 或更高版本，当前版本为 ${process.versions.node}。请安装新版本的 Node 后重新启动。\n`
      : `huaweicloud-hss-mcp needs Node ${OLDEST.join('.')} or later; this is ${process.versions.node}. Install a newer Node and start it with that.\n`,
  );
  process.exitCode = 1;
}
