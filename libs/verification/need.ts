import type { Cents } from '@openvob/benefits';

/** What a person has to do before a verification can go on. */
export interface Need {
  kind: 'information' | 'consent' | 'call' | 'level_of_care_review' | 'approval' | 'sent_back';
  message: string;
  /** JSON Pointers into the request. */
  fields?: string[];
  candidates?: { id: string; name: string }[];
  questions?: { id: string; code: string; ask: string; swingCents?: Cents }[];
}
