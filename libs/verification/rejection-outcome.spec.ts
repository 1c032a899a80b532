import type { Rejection, RejectionClass } from '@openvob/benefits';
import { outcomeOfRejections } from './rejection-outcome';

const rejection = (code: string, rejectionClass: RejectionClass): Rejection => ({
  level: 'subscriber',
  code,
  class: rejectionClass,
  advice: 'Do this.',
  source: {},
});

describe('a rejected inquiry', () => {
  test.each([
    [[rejection('75', 'member_data')], 'member_not_found', 'member_not_found'],
    [[rejection('67', 'member_data')], 'member_not_found', 'member_not_found'],
    [[rejection('71', 'member_data')], 'correctable_rejection', 'member_data'],
    [[rejection('62', 'date')], 'correctable_rejection', 'date'],
    [[rejection('42', 'transient')], 'payer_unavailable', 'transient'],
    [[rejection('79', 'configuration'), rejection('42', 'transient')], 'payer_unavailable', 'transient'],
    [[rejection('75', 'member_data'), rejection('42', 'transient')], 'payer_unavailable', 'transient'],
    [[rejection('41', 'configuration')], 'gave_up', 'configuration'],
    [[rejection('51', 'provider_enrollment')], 'gave_up', 'provider_enrollment'],
    [[rejection('49', 'business')], 'benefits_incomplete', 'business'],
    [[rejection('75', 'do_not_resend')], 'benefits_incomplete', 'do_not_resend'],
    [[], 'benefits_incomplete', 'rejected_without_reason'],
  ])('%j leads to %s', (rejections, event, reason) => {
    expect(outcomeOfRejections(rejections)).toMatchObject({ event, reason });
  });
});
