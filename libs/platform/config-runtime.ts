type Environment = Readonly<Record<string, string | undefined>>;

/** Collects a sentence for each setting of Node or of a driver that switches a protection off. They are refused, not overruled. */
export function refuseUnsafeRuntime(env: Environment, faults: string[]): void {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED !== undefined && env.NODE_TLS_REJECT_UNAUTHORIZED !== '1')
    faults.push(
      'NODE_TLS_REJECT_UNAUTHORIZED switches the check of certificates off: take it away, and name a private authority by NODE_EXTRA_CA_CERTS',
    );
  if (/--tls-min-v1\.[01]\b|--insecure-http-parser|--inspect/.test(env.NODE_OPTIONS ?? ''))
    faults.push(
      'NODE_OPTIONS allows old TLS, lenient HTTP or a debugger: take --tls-min-v1.0, -v1.1, --insecure-http-parser and --inspect away',
    );
  if (env.NODE_DEBUG) faults.push('NODE_DEBUG prints what goes over the network: take it away');
  for (const name of ['DATABASE_URL', 'OWNER_DATABASE_URL', 'REDIS_URL'])
    if (/[?&](sslmode=no-verify|rejectUnauthorized=false)/i.test(env[name] ?? ''))
      faults.push(`${name} switches the check of the server's certificate off: use sslmode=verify-full`);
}
