import type { LawSource } from './law-source';

const READ_ON = '2026-11-21';

/**
 * The Mental Health Parity and Addiction Equity Act: limits of visits and days, and what the patient pays, may not be stricter for
 * behavioral health than for most medical care of the same class (29 CFR 2590.712(c)(2)).
 */
export const PARITY_OF_LIMITS: LawSource = {
  title: 'Parity in financial requirements and quantitative treatment limitations (U.S. Department of Labor)',
  url: 'https://webapps.dol.gov/elaws/ebsa/health/employer/238.asp',
  readOn: READ_ON,
};

/** No cost sharing and no limit may apply to behavioral health alone (29 U.S.C. 1185a(a)(3)(A)). */
export const NO_SEPARATE_DEDUCTIBLE: LawSource = {
  title: 'The Federal Mental Health Parity Act (ABA Health eSource, November 2008)',
  url: 'http://www.americanbar.org/content/newsletter/publications/aba_health_esource_home/newsom.html',
  readOn: READ_ON,
};
