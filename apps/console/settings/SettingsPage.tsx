import { Tabs, Title } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Denied, Missing } from '../app/States';
import { useSession } from '../session/session';
import { words } from '../words/words';
import { FacilityPart } from './FacilityPart';
import { KeysPart } from './KeysPart';
import { PayersPart } from './PayersPart';
import { PeoplePart } from './PeoplePart';
import { PrivacyPart } from './PrivacyPart';
import { ProgramsPart } from './ProgramsPart';
import { RatesPart } from './RatesPart';
import { WebhooksPart } from './WebhooksPart';
import './settings.css';

const parts = [
  { id: 'facility', name: 'Facility', Part: FacilityPart, roles: undefined },
  { id: 'programs', name: 'Programs', Part: ProgramsPart, roles: undefined },
  { id: 'prices', name: 'Prices', Part: RatesPart, roles: ['supervisor', 'biller', 'auditor', 'admin'] },
  { id: 'payers', name: 'Payers', Part: PayersPart, roles: undefined },
  { id: 'people', name: 'People', Part: PeoplePart, roles: undefined },
  { id: 'keys', name: 'Keys', Part: KeysPart, roles: ['admin', 'auditor'] },
  { id: 'webhooks', name: 'Webhooks', Part: WebhooksPart, roles: ['ops', 'auditor', 'admin'] },
  { id: 'records', name: 'Records', Part: PrivacyPart, roles: ['admin', 'auditor'] },
] as const;

/** What the facility works with. */
export function SettingsPage(): ReactNode {
  const { part = 'facility' } = useParams({ strict: false }) as { part?: string };
  const { role } = useSession();
  const navigate = useNavigate();
  const open = parts.filter(({ roles }) => roles === undefined || (roles as readonly string[]).includes(role ?? ''));
  if (!parts.some(({ id }) => id === part)) return <Missing />;
  return (
    <>
      <Title order={1} size="h2" mb="md">
        {words.nav.settings}
      </Title>
      <Tabs
        value={part}
        onChange={(next) => void navigate({ to: '/settings/$part', params: { part: next ?? 'facility' } })}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          {open.map(({ id, name }) => (
            <Tabs.Tab key={id} value={id}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {open.map(({ id, Part }) => (
          <Tabs.Panel key={id} value={id}>
            <Part />
          </Tabs.Panel>
        ))}
        {!open.some(({ id }) => id === part) && <Denied />}
      </Tabs>
    </>
  );
}
