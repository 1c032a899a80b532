import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const place = (path) => fileURLToPath(new URL(path, import.meta.url));

/** For `npx vite apps/console` beside a running `npm start`: the page from here, everything else from there. */
const api = { target: 'http://127.0.0.1:3000', changeOrigin: false };

export default defineConfig({
  root: place('.'),
  cacheDir: place('../../dist/.vite'),
  html: { cspNonce: '__OPENVOB_NONCE__' },
  build: {
    outDir: place('../../dist/console'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
  },
  server: { port: 5173, proxy: { '/v1': api, '/health': api, '/openapi.json': api, '/docs': api } },
});
