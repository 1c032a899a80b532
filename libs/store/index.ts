export * from './audit/audit-seals';
export * from './audit/audit-trail';
export * from './audit/audit-walk';
export * from './backup/dump';
export { BackupError } from './backup/frames';
export * from './backup/proof';
export * from './database';
export { isDatabaseAway } from './database-away';
export { installation } from './keys/data-key-rows';
export * from './keys/data-keys';
export * from './keys/open-cipher';
export * from './keys/rotation';
export * from './migrate';
export * from './people/accounts';
export * from './people/emergency-accesses';
export * from './people/first-admins';
export * from './people/identity-providers';
export * from './people/links';
export * from './people/machine-keys';
export * from './people/memberships';
export * from './people/outgoing-mail';
export * from './people/people-setup';
export { writeInstallationAudit } from './people/person-audit';
export * from './people/rate-windows';
export * from './people/sessions';
export * from './people/sign-in-throttle';
export * from './people/sign-ins';
export * from './repositories/access';
export * from './repositories/admission-requests';
export * from './repositories/attachments';
export * from './repositories/audit';
export * from './repositories/call-approval';
export type { CallRecipient } from './repositories/call-disclosures';
export * from './repositories/canary-marks';
export * from './repositories/connection-edits';
export * from './repositories/connection-inspection';
export * from './repositories/connection-trials';
export * from './repositories/consents';
export * from './repositories/directory-export';
export * from './repositories/directory-import';
export * from './repositories/directory-trail';
export * from './repositories/disclosures';
export * from './repositories/dossiers';
export * from './repositories/drafts';
export * from './repositories/erasures';
export * from './repositories/facility-directory';
export * from './repositories/facility-privacy';
export * from './repositories/facility-setup';
export { ReusableAnswers } from './repositories/inquiry-reuse';
export { Letterheads } from './repositories/letterheads';
export * from './repositories/notes';
export * from './repositories/operations-figures';
export * from './repositories/operator-actions';
export * from './repositories/patient-tables';
export * from './repositories/patients';
export * from './repositories/payer-directory';
export * from './repositories/payer-edits';
export * from './repositories/payer-health';
export * from './repositories/payer-pacing';
export type { KeptPayer } from './repositories/payer-rows';
export * from './repositories/program-catalog';
export * from './repositories/promises';
export * from './repositories/provider-identity';
export * from './repositories/rates';
export * from './repositories/raw-answers';
export * from './repositories/recheck-settings';
export * from './repositories/rechecks';
export * from './repositories/recipe-memory';
export * from './repositories/record-keeper';
export * from './repositories/record-lists';
export {
  type AttendanceContent,
  type AuthorizationContent,
  type CallContent,
  type CallReviewContent,
  type KeptRecord,
  lastForms,
  type RecordKind,
  type ReviewedCall,
} from './repositories/record-reader';
export * from './repositories/remittance-ledger';
export type { KeptResult } from './repositories/results';
export * from './repositories/retention';
export * from './repositories/saved-views';
export * from './repositories/upkeep';
export * from './repositories/verification-actions';
export * from './repositories/verification-batches';
export * from './repositories/verification-intake';
export * from './repositories/verification-list';
export * from './repositories/verification-reader';
export * from './repositories/verification-runs';
export * from './repositories/worker-reports';
export * from './webhooks/deliveries';
export * from './webhooks/endpoints';
export * from './webhooks/outbox';
