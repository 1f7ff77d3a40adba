const SIGNS: readonly (readonly [distribution: string, sign: RegExp])[] = [
  ['debian', /\bdebian\b|[+~.-]deb\d+|\bdeb\d+u\d+|\bDSA-\d|\bDLA-\d/i],
  ['ubuntu', /ubuntu|\bUSN-\d/i],
  ['enterprise linux', /\.el\d+|\bCESA-|\bRHSA-|\bcentos\b|\bred ?hat\b/i],
  ['euleros', /\.eulerosv?\d|\beuleros\b|\bHWSA-/i],
  ['openeuler', /\.oe\d+|\bopeneuler\b/i],
  ['hce', /\.hce\d+|\bhce ?os\b/i],
  ['alpine', /-r\d+\b|\balpine\b/i],
  ['amazon', /\.amzn\d+|\bALAS\b/i],
  ['suse', /\bsuse\b|\bopensuse\b/i],
];

/** The distributions that words or versions of packages show; empty for those that show none. */
export function distributionsIn(texts: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const text of texts) for (const [name, sign] of SIGNS) if (sign.test(text)) found.add(name);
  return found;
}

/** Whether the words of a fix plainly belong to other distributions than the packages that were seen. */
export function areOfOther(fix: Iterable<string>, packages: Iterable<string>): boolean {
  const ofFix = distributionsIn(fix);
  const ofPackages = distributionsIn(packages);
  return ofFix.size > 0 && [...ofPackages].some((name) => !ofFix.has(name));
}
