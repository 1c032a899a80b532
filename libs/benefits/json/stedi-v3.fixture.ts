/** An invented answer in the v3 shape: Avery Example's, with whatever else a test says. */
export function stediV3(parts: Readonly<Record<string, unknown>> = {}): object {
  return {
    meta: { traceId: '01EXAMPLE', checkedAt: '2026-03-10T09:00:00Z' },
    payer: {
      entityIdentifier: 'Payer',
      entityType: 'Non-Person Entity',
      name: 'EXAMPLE HEALTH PLAN',
      payorIdentification: '99001',
    },
    provider: { providerName: 'EXAMPLE RECOVERY CENTER', entityIdentifier: 'Provider', npi: '1234567893' },
    subscriber: { memberId: 'W100', firstName: 'AVERY', lastName: 'EXAMPLE' },
    subscriberTraceNumbers: [{ traceType: 'Referenced Transaction Trace Numbers', referenceIdentification: 'T1' }],
    ...parts,
  };
}

/** The same with rows of benefits. */
export function stediV3Rows(...benefitsInformation: readonly object[]): object {
  return stediV3({ benefitsInformation });
}
