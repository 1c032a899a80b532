const { readFileSync } = require('node:fs');

const swc = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'));
const esmOnly = ['@nestjs', 'content-disposition', 'jose', 'oauth4webapi', 'openid-client'].join('|');

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.[cm]?[jt]s$': ['@swc/jest', { ...swc, $schema: undefined, swcrc: false }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly})/)`],
  moduleNameMapper: { '^@openvob/([^/]+)$': '<rootDir>/libs/$1', '^@openvob/(.+)$': '<rootDir>/libs/$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.openvob/', '<rootDir>/.test/'],
};

/**
 * Two kinds of suites: `*.spec.ts` needs nothing but Node; `*.int.spec.ts` gets a real PostgreSQL (and Redis)
 * from its global setup.
 */
module.exports = {
  // Against hanging, not against slowness: a laptop that builds something else meanwhile must not fail.
  testTimeout: 90_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.int\\.spec\\.ts$'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.int.spec.ts'],
      globalSetup: '<rootDir>/test/setup/global-setup.ts',
      globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
    },
  ],
};
