// A real OpenID provider in a process of its own: node oidc-provider.mjs REDIRECT_URI. Tells its issuer by IPC, ends with its starter.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const people = {
  dana: { sub: 'dana', email: 'dana.reyes@testwood.example', email_verified: true, name: 'Dana Reyes' },
  unverified: { sub: 'unverified', email: 'dana.reyes@testwood.example', email_verified: false },
  stranger: { sub: 'stranger', email: 'stranger@testwood.example', email_verified: true },
  foreign: { sub: 'foreign', email: 'ada@elsewhere.example', email_verified: true },
  invited: { sub: 'invited', email: 'ivy@testwood.example', email_verified: true },
};

/** What a person sees there; whoever is no browser chooses by the address at once. */
const page = `<!DOCTYPE html><html lang="en"><title>Log-in of the tests</title><h1>Log-in of the tests</h1>
${Object.keys(people)
  .map((name) => `<p><a href="?account=${name}">Go on as ${name}</a></p>`)
  .join('')}<p><a href="?account=">Decline</a></p></html>`;

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'openvob',
        client_secret: 'a-secret-of-the-tests-that-is-long-enough',
        redirect_uris: [process.argv[2]],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => people[id] }),
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/interaction/')) return next();
    const { account } = context.query;
    if (account === undefined && context.get('accept').includes('text/html')) {
      context.body = page;
      return;
    }
    const result = account ? { login: { accountId: account } } : { error: 'access_denied' };
    context.respond = false;
    await provider.interactionFinished(context.req, context.res, result);
  });
  server.on('request', provider.callback());
  process.send({ issuer });
});
process.on('disconnect', () => process.exit());
