import { createHttp } from '../http-client';
import { describeKeyManagement } from './key-management.suite';
import { VaultTransit } from './vault-transit';
import { VaultServer } from './vault-transit.fixture';

async function connected(token?: string) {
  const server = new VaultServer();
  const http = createHttp();
  const address = await server.start();
  const options = { address, mount: 'transit', key: 'openvob', token: () => token ?? server.token, timeoutMs: 2_000 };
  const close = async (): Promise<void> => {
    http.close();
    await server.close();
  };
  return { server, management: new VaultTransit(http, options), close };
}

describeKeyManagement('Vault’s transit engine', async () => {
  const { server, management, close } = await connected();
  return {
    management,
    close,
    rotate: async () => server.rotate(),
    remove: async () => server.removeKey(),
    silence: async () => {
      server.isSealed = true;
    },
  };
});

test('Vault refuses a token that it does not know', async () => {
  const { management, close } = await connected('hvs.another');
  await expect(management.masterKey()).rejects.toMatchObject({ kind: 'refused', code: 'status_403' });
  await close();
});
