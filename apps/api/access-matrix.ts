import { type Role, rawAnswerReaders, roles } from '@openvob/access';

/** Whose a route's id is: of one facility, so that another one finds nothing there; or everybody's, as the payer directory is. */
export type SubjectKind =
  | 'verification'
  | 'attachment'
  | 'exchange'
  | 'call'
  | 'consent'
  | 'patient'
  | 'program'
  | 'rate'
  | 'batch'
  | 'person'
  | 'key'
  | 'identity_provider'
  | 'emergency_access'
  | 'webhook_endpoint'
  | 'webhook_delivery'
  | 'payer'
  | 'connection';

/** Routes that are open to the same roles. */
export interface MatrixRow {
  /** As the README tells it. */
  what: string;
  roles: readonly Role[];
  /** What `:id` is, where the routes have one. */
  subject?: SubjectKind;
  routes: readonly string[];
}

const everyRole = roles;
const everyPerson = roles.filter((role) => role !== 'machine');
const readers: readonly Role[] = ['coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine'];
const askers: readonly Role[] = ['coordinator', 'supervisor', 'admin', 'machine'];

/**
 * Who may do what, all of it: a route that is not here fails the tests, and so does a role that gets in where it is not named. For a
 * facility's own rows every route answers another facility as if there were no such id.
 */
export const accessMatrix: readonly MatrixRow[] = [
  {
    what: 'Read the worklist',
    roles: readers,
    routes: [
      'GET /v1/verifications',
      'GET /v1/verifications/counts',
      'GET /v1/verifications/events',
      'POST /v1/verifications/search',
    ],
  },
  {
    what: 'Read a verification, its answers, events and records',
    roles: readers,
    subject: 'verification',
    routes: ['', '/answers', '/attachments', '/attendance', '/authorizations', '/calls', '/events'].map(
      (rest) => `GET /v1/verifications/:id${rest}`,
    ),
  },
  {
    what: 'Read a payer’s answer word for word',
    roles: rawAnswerReaders,
    subject: 'exchange',
    routes: ['GET /v1/verifications/:id/answers/:inquiryId/raw'],
  },
  {
    what: 'Read an attachment',
    roles: readers,
    subject: 'attachment',
    routes: ['GET /v1/verifications/:id/attachments/:attachment'],
  },
  { what: 'Read a batch', roles: readers, subject: 'batch', routes: ['GET /v1/verifications/batch/:id'] },
  {
    what: 'Read who did what, consents and disclosures',
    roles: ['coordinator', 'supervisor', 'auditor', 'admin', 'machine'],
    subject: 'verification',
    routes: ['/history', '/consents', '/disclosures'].map((rest) => `GET /v1/verifications/:id${rest}`),
  },
  {
    what: 'Revoke a consent',
    roles: askers,
    subject: 'consent',
    routes: ['POST /v1/verifications/:id/consents/:consentId/revoke'],
  },
  {
    what: 'Say whose a verification is',
    roles: askers,
    subject: 'verification',
    routes: ['GET /v1/verifications/:id/same-person', 'POST /v1/verifications/:id/patient'],
  },
  {
    what: 'Read a patient, record what they ask for',
    roles: askers,
    subject: 'patient',
    routes: ['GET /v1/patients/:id', 'GET /v1/patients/:id/requests', 'POST /v1/patients/:id/requests'],
  },
  {
    what: 'Read the accounting of disclosures',
    roles: ['coordinator', 'supervisor', 'auditor', 'admin', 'machine'],
    subject: 'patient',
    routes: ['GET /v1/patients/:id/disclosures'],
  },
  {
    what: 'Export a patient’s record',
    roles: ['supervisor', 'admin'],
    subject: 'patient',
    routes: ['POST /v1/patients/:id/export'],
  },
  {
    what: 'Erase a patient',
    roles: ['admin'],
    subject: 'patient',
    routes: ['POST /v1/patients/:id/erasure'],
  },
  {
    what: 'Place and lift legal holds',
    roles: ['supervisor', 'admin'],
    subject: 'verification',
    routes: ['POST', 'DELETE'].map((method) => `${method} /v1/verifications/:id/hold`),
  },
  {
    what: 'See how long records are kept',
    roles: ['auditor', 'admin'],
    routes: ['GET /v1/facility/retention', 'GET /v1/facility/retention/preview'],
  },
  { what: 'Change how long records are kept', roles: ['admin'], routes: ['PUT /v1/facility/retention'] },
  { what: 'See what payers learn of the facility', roles: ['auditor', 'admin'], routes: ['GET /v1/facility/privacy'] },
  { what: 'Change what payers learn of the facility', roles: ['admin'], routes: ['PUT /v1/facility/privacy'] },
  {
    what: 'Ask for verifications, one or many, and look for similar ones',
    roles: askers,
    routes: ['POST /v1/verifications', 'POST /v1/verifications/batch', 'POST /v1/verifications/similar'],
  },
  {
    what: 'Read and correct a request, consent, call, assign, ask again, cancel',
    roles: askers,
    subject: 'verification',
    routes: [
      ...['/request', '/call-script'].map((rest) => `GET /v1/verifications/:id${rest}`),
      ...['/assignee', '/calls', '/cancel', '/consent', '/information', '/reverify'].map(
        (rest) => `POST /v1/verifications/:id${rest}`,
      ),
    ],
  },
  {
    what: 'Approve a call, or send it back',
    roles: ['supervisor', 'admin'],
    subject: 'call',
    routes: ['POST /v1/verifications/:id/calls/:callId/review'],
  },
  {
    what: 'See whether calls are approved by a supervisor',
    roles: ['coordinator', 'supervisor', 'biller', 'auditor', 'admin'],
    routes: ['GET /v1/facility/calls'],
  },
  { what: 'Have calls approved by a supervisor', roles: ['admin'], routes: ['PATCH /v1/facility/calls'] },
  {
    what: 'Read and write notes to colleagues',
    roles: ['coordinator', 'supervisor', 'biller', 'admin', 'machine'],
    subject: 'verification',
    routes: ['GET', 'POST'].map((method) => `${method} /v1/verifications/:id/notes`),
  },
  {
    what: 'Remove an attachment',
    roles: askers,
    subject: 'attachment',
    routes: ['DELETE /v1/verifications/:id/attachments/:attachment'],
  },
  {
    what: 'Try what-if estimates, record authorizations and attendance, attach files',
    roles: ['coordinator', 'supervisor', 'biller', 'admin', 'machine'],
    subject: 'verification',
    routes: ['/estimate', '/authorizations', '/attachments', '/attendance'].map(
      (rest) => `POST /v1/verifications/:id${rest}`,
    ),
  },
  {
    what: 'Hand out documents',
    roles: ['coordinator', 'supervisor', 'biller', 'admin', 'machine'],
    subject: 'verification',
    routes: ['GET', 'POST'].map((method) => `${method} /v1/verifications/:id/document`),
  },
  {
    what: 'Read what the facility puts on its documents',
    roles: ['coordinator', 'supervisor', 'biller', 'auditor', 'admin'],
    routes: ['GET /v1/facility/letterhead'],
  },
  { what: 'Set what the facility puts on its documents', roles: ['admin'], routes: ['PUT /v1/facility/letterhead'] },
  {
    what: 'Read remittances',
    roles: ['supervisor', 'biller', 'auditor', 'admin', 'machine'],
    subject: 'verification',
    routes: ['GET /v1/verifications/:id/remittances'],
  },
  {
    what: 'Record remittances',
    roles: ['supervisor', 'biller', 'admin', 'machine'],
    subject: 'verification',
    routes: ['POST /v1/verifications/:id/remittances'],
  },
  { what: 'Read prices', roles: ['supervisor', 'biller', 'auditor', 'admin'], routes: ['GET /v1/rates'] },
  { what: 'Enter prices', roles: ['biller', 'admin'], routes: ['POST /v1/rates', 'POST /v1/rates/import'] },
  { what: 'Remove a price', roles: ['biller', 'admin'], subject: 'rate', routes: ['DELETE /v1/rates/:id'] },
  { what: 'Read programs and payers', roles: everyRole, routes: ['GET /v1/programs', 'GET /v1/payers'] },
  {
    what: 'Read when payers are asked again by themselves',
    roles: everyPerson,
    routes: ['GET /v1/facility/rechecks'],
  },
  {
    what: 'Set when payers are asked again by themselves',
    roles: ['supervisor', 'admin'],
    routes: ['PATCH /v1/facility/rechecks'],
  },
  {
    what: 'Read how the facility names itself to payers',
    roles: everyPerson,
    routes: ['GET /v1/facility/identity'],
  },
  {
    what: 'Change how the facility names itself to payers',
    roles: ['admin'],
    routes: ['PATCH /v1/facility/identity'],
  },
  {
    what: 'Read a payer and how it does',
    roles: everyRole,
    subject: 'payer',
    routes: ['GET /v1/payers/:id', 'GET /v1/payers/:id/health'],
  },
  {
    what: 'Read how right estimates were',
    roles: ['supervisor', 'biller', 'auditor', 'admin', 'machine'],
    subject: 'payer',
    routes: ['GET /v1/payers/:id/accuracy'],
  },
  {
    what: 'Export the payer directory, read its changes',
    roles: ['ops', 'auditor', 'admin'],
    routes: ['GET /v1/payers/export'],
  },
  {
    what: 'Read the changes of a payer',
    roles: ['ops', 'auditor', 'admin'],
    subject: 'payer',
    routes: ['GET /v1/payers/:id/changes'],
  },
  {
    what: 'Add payers, import a directory',
    roles: ['ops', 'admin'],
    routes: ['POST /v1/payers', 'POST /v1/payers/import'],
  },
  {
    what: 'Change and remove a payer',
    roles: ['ops', 'admin'],
    subject: 'payer',
    routes: ['PATCH /v1/payers/:id', 'DELETE /v1/payers/:id'],
  },
  {
    what: 'Read the connections of a payer',
    roles: ['ops', 'auditor'],
    subject: 'payer',
    routes: ['GET /v1/payers/:id/connections'],
  },
  {
    what: 'Connect, pause, resume and replay a payer',
    roles: ['ops'],
    subject: 'payer',
    routes: ['/connections', '/pause', '/replay', '/resume'].map((rest) => `POST /v1/payers/:id${rest}`),
  },
  {
    what: 'Try, change and remove a connection',
    roles: ['ops'],
    subject: 'connection',
    routes: [
      ...['PATCH', 'DELETE'].map((method) => `${method} /v1/payers/:id/connections/:connectionId`),
      'POST /v1/payers/:id/connections/:connectionId/test',
    ],
  },
  {
    what: 'See who is told by webhooks',
    roles: ['ops', 'auditor', 'admin', 'machine'],
    routes: ['GET /v1/webhook-endpoints'],
  },
  {
    what: 'See a receiver of webhooks and its deliveries',
    roles: ['ops', 'auditor', 'admin', 'machine'],
    subject: 'webhook_endpoint',
    routes: ['', '/deliveries'].map((rest) => `GET /v1/webhook-endpoints/:id${rest}`),
  },
  {
    what: 'Add receivers of webhooks',
    roles: ['ops', 'admin', 'machine'],
    routes: ['POST /v1/webhook-endpoints'],
  },
  {
    what: 'Change, try out and remove them, replace their secrets, replay',
    roles: ['ops', 'admin', 'machine'],
    subject: 'webhook_endpoint',
    routes: [
      ...['PATCH', 'DELETE'].map((method) => `${method} /v1/webhook-endpoints/:id`),
      ...['/replay', '/rotate', '/test'].map((rest) => `POST /v1/webhook-endpoints/:id${rest}`),
    ],
  },
  {
    what: 'Replay a delivery',
    roles: ['ops', 'admin', 'machine'],
    subject: 'webhook_delivery',
    routes: ['POST /v1/webhook-endpoints/:id/deliveries/:deliveryId/replay'],
  },
  { what: 'Operate the queues', roles: ['ops'], routes: ['* /ops/queues'] },
  { what: 'See colleagues', roles: everyPerson, routes: ['GET /v1/people'] },
  { what: 'See a colleague', roles: everyPerson, subject: 'person', routes: ['GET /v1/people/:id'] },
  { what: 'Change a program', roles: ['admin'], subject: 'program', routes: ['PATCH /v1/programs/:id'] },
  { what: 'Invite people', roles: ['admin'], routes: ['POST /v1/people'] },
  {
    what: 'Administer people',
    roles: ['admin'],
    subject: 'person',
    routes: [
      'PATCH /v1/people/:id',
      'POST /v1/people/:id/invitation',
      ...['', '/sessions', '/second-factor'].map((rest) => `DELETE /v1/people/:id${rest}`),
    ],
  },
  {
    what: 'Read the audit trail',
    roles: ['auditor', 'admin'],
    routes: ['', '/head', '/installation', '/installation/head'].map((rest) => `GET /v1/audit${rest}`),
  },
  {
    what: 'See keys, log-in providers and emergency access',
    roles: ['auditor', 'admin'],
    routes: ['GET /v1/keys', 'GET /v1/identity-providers', 'GET /v1/emergency-access'],
  },
  {
    what: 'Review emergency access',
    roles: ['auditor', 'admin'],
    subject: 'emergency_access',
    routes: ['POST /v1/emergency-access/:id/review'],
  },
  {
    what: 'Make keys, add log-in providers',
    roles: ['admin'],
    routes: ['POST /v1/keys', 'POST /v1/identity-providers'],
  },
  {
    what: 'Rotate and revoke keys',
    roles: ['admin'],
    subject: 'key',
    routes: ['POST /v1/keys/:id/rotate', 'DELETE /v1/keys/:id'],
  },
  {
    what: 'Remove log-in providers',
    roles: ['admin'],
    subject: 'identity_provider',
    routes: ['DELETE /v1/identity-providers/:id'],
  },
];

/** For whoever signed in, about that person alone; keys are refused. */
export const ownRoutes: readonly string[] = [
  ...['GET', 'DELETE'].map((method) => `${method} /v1/session`),
  ...['facility', 'password', 'second-factor', 'second-factor/confirm', 'second-factor/remove', 'recovery-codes'].map(
    (rest) => `POST /v1/session/${rest}`,
  ),
  ...['POST', 'DELETE'].map((method) => `${method} /v1/session/emergency-access`),
  ...['GET /v1/views', 'POST /v1/views', 'DELETE /v1/views/:id'],
  ...['GET', 'PUT', 'DELETE'].map((method) => `${method} /v1/drafts/:kind`),
  ...['GET /v1/sessions', 'DELETE /v1/sessions', 'DELETE /v1/sessions/:id'],
];

/** Without log-in: each says in its declaration why. */
export const publicRoutes: readonly string[] = [
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'POST /v1/links/read',
  'POST /v1/links/use',
  'POST /v1/password-resets',
  'POST /v1/session',
  'POST /v1/session/providers',
  'GET /v1/session/providers/:id/start',
  'GET /v1/session/providers/callback',
  'POST /v1/webhooks/intake/:sourceId',
];

/** The description of the API, which is the same for everybody. */
export const docsRoutes: readonly string[] = [
  'GET /openapi.json',
  'GET /docs-yaml',
  ...['', '/', '/*', '/index.html', '/LICENSE', '/swagger-ui-init.js', '/docs/swagger-ui-init.js'].map(
    (rest) => `GET /docs${rest}`,
  ),
];

/** The table of the README: rows that are open to the same roles are told together. */
export function accessTable(): string {
  const head = ['', ...roles];
  const lines = grouped().map(({ what, roles: open }) => [
    what,
    ...roles.map((role) => (open.includes(role) ? '●' : '')),
  ]);
  return [head, head.map((_cell, column) => (column === 0 ? '---' : ':-:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function grouped(): { what: string; roles: readonly Role[] }[] {
  const groups = new Map<string, { what: string[]; roles: readonly Role[] }>();
  for (const { what, roles: open } of accessMatrix) {
    const key = roles.filter((role) => open.includes(role)).join();
    const group = groups.get(key) ?? { what: [], roles: open };
    groups.set(key, { ...group, what: [...group.what, what] });
  }
  return [...groups.values()].map(({ what, roles: open }) => ({ what: sentence(what), roles: open }));
}

function sentence(parts: readonly string[]): string {
  return parts.map((part, index) => (index === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join('; ');
}
