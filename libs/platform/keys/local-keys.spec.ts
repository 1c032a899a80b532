import { randomBytes } from 'node:crypto';
import { generateKeyRing, parseKeyRing } from '../key-ring';
import { describeKeyManagement } from './key-management.suite';
import { LocalKeys } from './local-keys';

describeKeyManagement('a key ring on this machine', async () => {
  let text: string | undefined = generateKeyRing();
  return {
    management: new LocalKeys(() => parseKeyRing(text ?? '')),
    rotate: async () => {
      const ring = JSON.parse(text ?? '') as { keys: object };
      const keys = { ...ring.keys, k2: randomBytes(32).toString('base64') };
      text = JSON.stringify({ ...ring, current: 'k2', keys });
    },
    remove: async () => {
      text = undefined;
    },
  };
});
