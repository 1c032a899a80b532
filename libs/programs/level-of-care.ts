/** What an admission screening found. */
export interface Screening {
  withdrawalRisk?: boolean;
  needs24HourCare?: boolean;
  unsafeHome?: boolean;
}

/** A reason to look at the level of care again; the software never decides care. */
export interface LevelOfCareFlag {
  readonly code: 'withdrawal_risk' | 'needs_24_hour_care' | 'unsafe_home';
  /** The level of the American Society of Addiction Medicine's criteria that usually fits. */
  readonly usualLevel: string;
  /** For the coordinator. */
  readonly text: string;
}

const WITHDRAWAL: LevelOfCareFlag = {
  code: 'withdrawal_risk',
  usualLevel: 'withdrawal management (detox), 3.7 or higher',
  text: 'Withdrawal risk: detox (withdrawal management, level 3.7 or higher) usually comes first. A clinician decides.',
};

const AROUND_THE_CLOCK: LevelOfCareFlag = {
  code: 'needs_24_hour_care',
  usualLevel: 'residential or inpatient, 3.5 or higher',
  text: 'Needs medical or 24-hour care: residential or inpatient care (level 3.5 or higher) usually fits. A clinician decides.',
};

const HOME: LevelOfCareFlag = {
  code: 'unsafe_home',
  usualLevel: 'clinically managed residential, 3.1',
  text: 'Unsafe home: residential care or sober living (level 3.1) beside the program usually fits. A clinician decides.',
};

/**
 * The findings that make a person look at the level of care before an intensive outpatient admission; the request is kept
 * either way.
 *
 * Source: programs reference, "Level of care check" (programs name detox, 24-hour care and an unsafe home as not for IOP).
 *
 * @example
 * levelOfCareFlags({ withdrawalRisk: true }).map(({ code }) => code) // ['withdrawal_risk']
 */
export function levelOfCareFlags(screening: Screening): LevelOfCareFlag[] {
  return [
    ...(screening.withdrawalRisk ? [WITHDRAWAL] : []),
    ...(screening.needs24HourCare ? [AROUND_THE_CLOCK] : []),
    ...(screening.unsafeHome ? [HOME] : []),
  ];
}
