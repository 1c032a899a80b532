// Imported first by every launcher: says in one sentence what is wrong before anything newer is needed.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const usable = major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major > 22;

if (!usable) {
  console.error(`OpenVOB needs Node.js 20.19 or newer (22.12+ and 24 too); this is ${process.version}.`);
  console.error('Install a current release from https://nodejs.org and try again.');
  process.exit(1);
}
