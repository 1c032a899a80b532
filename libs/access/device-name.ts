/** In order: the first word that is found names the browser; several claim to be others too. */
const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

const systems = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** A few plain words on a browser, from a fixed list: what it says of itself is the sender's to choose. */
export function deviceName(userAgent: string | undefined): string {
  const text = userAgent ?? '';
  const browser = browsers.find(([word]) => text.includes(word))?.[1];
  const system = systems.find(([word]) => text.includes(word))?.[1];
  return `${browser ?? 'Another program'} on ${system ?? 'another system'}`;
}
