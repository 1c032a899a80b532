import type { Part2Consent } from '@openvob/intake';
import { isPart2Track, part2Notice } from '../../part2-notice';
import type { Block, DocumentLanguage } from '../content';
import { dateIn } from '../formats';
import type { Words } from '../words';

/** Whose records a document is made of. */
export interface PrivacyFacts {
  readonly track: 'sud' | 'mh' | 'dual';
  /** The consent that is live; its scope is told with every document, as 42 CFR 2.32(b) asks. */
  readonly consent?: Pick<Part2Consent, 'signedOn' | 'expiresOn' | 'scope'> & { readonly payerName?: string };
}

/** What the consent allows, and the notice of 42 CFR 2.32, where a program's records are those of substance use treatment. */
export function privacyBlocks({ track, consent }: PrivacyFacts, language: DocumentLanguage, words: Words): Block[] {
  if (!isPart2Track(track)) return [];
  const { privacy } = words;
  const { signedOn, expiresOn, scope, payerName } = consent ?? {};
  const told: Block =
    signedOn && scope
      ? {
          kind: 'facts',
          items: [
            { label: privacy.signedOn, value: dateIn(language, signedOn) },
            { label: privacy.endsOn, value: expiresOn ? dateIn(language, expiresOn) : privacy.noEnd },
            { label: privacy.scope, value: `${privacy.scopes[scope]}${payerName ? `: ${payerName}` : ''}` },
          ],
        }
      : { kind: 'text', text: privacy.noConsent };
  return [
    { kind: 'heading', text: privacy.consentTitle },
    told,
    { kind: 'legal', title: privacy.noticeTitle, texts: part2Notice, language: 'en' },
  ];
}
