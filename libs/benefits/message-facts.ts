import { ownText } from '@openvob/x12';

/**
 * What payers say in free text (MSG) that a benefits expert would act on. A row is one fact: a pattern over the message
 * in capitals, and when it does not hold although the words are there. To teach a new wording, add a row or an
 * alternative and an example; the examples are run as tests.
 * Source: reference/benefits.md 1.8; wordings of published answers.
 */
export type MessageFact =
  /** Prior authorization, precertification or notification is required. */
  | 'authorization_required'
  /** Speaks of authorizations, whatever it says of them. */
  | 'authorization'
  /** A referral is required. */
  | 'referral_required'
  /** Names an intensive outpatient program. */
  | 'intensive_outpatient'
  /** Names mental health, substance use or behavioral health. */
  | 'behavioral'
  /** The member belongs to a managed-care plan, which has to be asked instead of a public payer. */
  | 'managed_care'
  /** The figure holds for a tier of providers, or for a vendor's program, alone. */
  | 'tier'
  /** The figure holds for another kind of care than an outpatient program day. */
  | 'other_care'
  /** The figure holds for office visits. */
  | 'office'
  /** The figure holds for telehealth. */
  | 'virtual'
  /** Says no more than that something is not covered. */
  | 'not_covered'
  /** The asking provider is out of network for this member. */
  | 'provider_out_of_network'
  /** The asking provider is in network for this member. */
  | 'provider_in_network'
  /** The patient owes the greater, or the lesser, of copay and coinsurance. */
  | 'greater_of'
  | 'lesser_of'
  /** Copay, coinsurance or deductible count to the out-of-pocket maximum, or do not. */
  | 'copay_counts_to_out_of_pocket'
  | 'copay_does_not_count_to_out_of_pocket'
  | 'coinsurance_counts_to_out_of_pocket'
  | 'coinsurance_does_not_count_to_out_of_pocket'
  | 'deductible_counts_to_out_of_pocket'
  /** The deductible is taken before the share. */
  | 'deductible_first'
  /** The deductible is not taken for this service. */
  | 'deductible_waived'
  /** Only the family amount counts (aggregate). */
  | 'family_aggregate'
  /** A Medicaid spend-down has to be met first. */
  | 'spend_down'
  /** Medical and pharmacy share the figure. */
  | 'pharmacy_included'
  /** There is no limit. */
  | 'unlimited';

interface MessageRule {
  readonly fact: MessageFact;
  readonly pattern: RegExp;
  readonly unless?: RegExp;
  readonly examples: readonly string[];
  readonly counterexamples?: readonly string[];
}

const AUTHORIZATION =
  '(?:PRIOR |PRE-?)?(?:AUTHORI[SZ]ATIONS?|AUTH|CERT|CERTIFICATION)\\b|PRE-?(?:CERT|AUTH)|PRE-?NOTIFICATION|(?:PRE)?AUTORIZACI[OÓ]N';
const REQUIRED = "(?:REQUIRE[DS]?|REQ'?D|NEEDED|NECESSARY|MANDATORY|MUST BE OBTAINED|REQUERIDA|NECESARIA)";
const OUT_OF_POCKET = '(?:OOP|OUT[- ]OF[- ]POCKET|MOOP)';
const COUNTS =
  '(?:INCLUDED IN|INCLUDES?|APPL(?:Y|IES|IED) (?:TO|TOWARDS?)|COUNTS? (?:TO|TOWARDS?)|ACCUMULATES? (?:TO|TOWARDS?))';

export const MESSAGE_RULES: readonly MessageRule[] = [
  {
    fact: 'authorization_required',
    pattern: new RegExp(
      `(?:${AUTHORIZATION}).{0,40}\\b${REQUIRED}|\\b(?:REQUIRES?|REQUIERE) (?:A |AN |UNA )?(?:${AUTHORIZATION})`,
    ),
    unless: /\b(?:NOT?|NEVER|WITHOUT|NON|WAIVED|SIN)\b|\bMAY\b|\bIF REQUIRED\b|N'T\b/,
    examples: [
      'SE REQUIERE AUTORIZACION PREVIA',
      'PRECERT REQUIRED',
      'Plan Requires PreCert',
      'PRIOR AUTHORIZATION IS REQUIRED FOR THIS SERVICE',
      'PRE-CERTIFICATION REQUIRED',
      "AUTH REQ'D",
      'PREAUTHORIZATION NEEDED',
    ],
    counterexamples: [
      'PRIOR AUTHORIZATION NOT REQUIRED',
      'NO PRECERT REQUIRED',
      'A PRIOR AUTHORIZATION OR NOTIFICATION INQUIRY REQUEST MAY BE SUBMITTED',
      'PRIOR AUTHORIZATION MAY BE REQUIRED',
      'AUTHOR REQUIRED',
    ],
  },
  {
    fact: 'authorization',
    pattern: new RegExp(`(?:${AUTHORIZATION})`),
    examples: ['PRIOR AUTH REQUIRED FOR INPATIENT', 'NO PRECERT REQUIRED', 'AUTHORIZATION MAY BE REQUIRED'],
    counterexamples: ['AUTHOR', 'CERTAIN SERVICES'],
  },
  {
    fact: 'referral_required',
    pattern: new RegExp(`\\bREFERRAL\\b.{0,30}\\b${REQUIRED}|\\bREQUIRES? (?:A )?(?:PCP |PRIMARY CARE )?REFERRAL`),
    unless: /\b(?:NOT?|NEVER|WITHOUT|WAIVED)\b|\bMAY\b|N'T\b/,
    examples: ['REFERRAL REQUIRED', 'PCP REFERRAL IS REQUIRED', 'REQUIRES PCP REFERRAL'],
    counterexamples: ['NO REFERRAL REQUIRED', 'REFERRAL NOT REQUIRED', 'PCP SELECTION NOT REQUIRED'],
  },
  {
    fact: 'intensive_outpatient',
    pattern: /\bINTENSIVE[- ]OUT-?\s?PATIENT\b|\bIOPS?\b|\bINTENSIVE OP\b/,
    examples: ['INTENSIVE OUTPATIENT PROGRAM', 'MH IOP - 30 VISITS', 'Intensive Out-Patient'],
    counterexamples: ['OUTPATIENT', 'OOP MAXIMUM'],
  },
  {
    fact: 'behavioral',
    pattern:
      /\bBEHAVIORAL\b|\bBEHAVIOURAL\b|\bMENTAL\b|\bPSYCH|\bSUBSTANCE (?:ABUSE|USE)\b|\bCHEMICAL DEPENDENCY\b|\bADDICTION|\bALCOHOL|\bMH\/?(?:SA|SUD)\b|\bMHSA\b|\bBH\b|\bSALUD (?:MENTAL|CONDUCTUAL)\b|\bABUSO DE SUSTANCIAS\b/,
    examples: [
      'BH BENEFITS',
      'SALUD MENTAL',
      'BEHAVIORAL HEALTH IS CARVED OUT',
      'MENTAL HEALTH BENEFITS',
      'SUBSTANCE USE DISORDER',
      'PSYCHIATRIC',
      'MH/SA',
    ],
    counterexamples: ['MEDICAL AND PHARMACY'],
  },
  {
    fact: 'managed_care',
    pattern:
      /\b(?:ENROLLED|ENROLLMENT|ENROLLEE|MEMBER|ASSIGNED)\b.{0,60}\b(?:MCO|HMO|MANAGED CARE|HEALTH ?PLAN|PREPAID)\b|\bMANAGED CARE (?:PLAN|ORGANIZATION|ENTITY|ENROLLMENT)\b|\bMCO\b/,
    unless:
      /\b(?:NOT?|NONE|NEVER|WITHOUT|DISENROLLED)\b|\bFEE[- ]FOR[- ]SERVICE\b|\bFFS\b|\bDENTAL\b|\bVISION\b|\bPHARMACY\b|\bTRANSPORT/,
    examples: [
      'MEMBER IS ENROLLED IN EXAMPLE HEALTH PLAN',
      'MANAGED CARE PLAN: EXAMPLE CARE',
      'MCO EXAMPLE CARE 800-555-0100',
      'ENROLLED IN MEDICAID HMO',
    ],
    counterexamples: [
      'NOT ENROLLED IN MANAGED CARE PLAN',
      'MEDICAID FEE-FOR-SERVICE, MANAGED CARE PLAN OPTIONAL',
      'ENROLLED IN DENTAL MANAGED CARE PLAN',
      'MEMBER ID',
    ],
  },
  {
    fact: 'tier',
    pattern:
      /\bTIER\b|\bHIGHEST BENEFIT\b|\b(?:MAXIMUM|STANDARD|ENHANCED) SAVINGS\b|\bDESIGNATED (?:PROVIDER|NETWORK)|\bALL OTHER IN-NETWORK PROVIDERS\b|\bPREFERRED (?:PROVIDER|NETWORK|BENEFIT)|\bNON-?PREFERRED\b|\bENHANCED (?:BENEFIT|NETWORK)|\bNARROW NETWORK\b|\bABLETO\b|\b(?:FULLY|PARTIALLY) FUNDED\b/,
    unless:
      /\bSELF[- ]FUNDED\b|\bSELF INSURED\b|\bMAXIMUM AND STANDARD SAVINGS\b|\bDESIGNATED PROVIDERS AND ALL OTHER\b|\bALL TIERS\b/,
    examples: [
      'HIGHEST BENEFIT',
      'TIER 1',
      'MAXIMUM SAVINGS',
      'Customer Designated Providers',
      'All Other In-Network Providers',
      'ABLETO FULLY FUNDED',
    ],
    counterexamples: [
      'Self Funded',
      'FUNDING TYPE = SELF INSURED - LARGE GROUP',
      'FREESTANDING FACILITY',
      'MAXIMUM and STANDARD SAVINGS',
      'Customer Designated Providers and All Other In-Network Providers',
      'APPLIES TO ALL TIERS',
    ],
  },
  {
    fact: 'other_care',
    pattern:
      /\bINPATIENT\b|\bIN-PATIENT\b|\bRESIDENTIAL\b|\bPARTIAL (?:HOSP|DAY)|\bPHP\b|\bDETOX|\bROOM AND BOARD\b|\bEMERGENCY\b|\bE\/?R\b|\bURGENT CARE\b|\bLAB\b|\bLABORATORY\b|\bX-?RAY|\bPAP SMEAR\b|\bMATERNITY\b|\bCHIROPRACT|\bSURG|\bAMBULANCE\b|\bPHARMACY BENEFIT\b|\bMARRIAGE\b|\bMARITAL\b|\bCOUPLES?\b|\bAPPLIED BEHAVIOR|\bABA\b|\bAUTISM\b|\bHYPNO|\bBIOFEEDBACK\b|\bACUPUNCTURE\b|\bSMOKING\b|\bTOBACCO\b|\bWEIGHT\b|\bOBESITY\b|\bSEX(?:UAL)? (?:THERAPY|DYSFUNCTION)|\bLEARNING DISAB|\bEDUCATIONAL\b|\bCOURT[- ]ORDERED\b|\bWILDERNESS\b|\bHALFWAY\b|\bSOBER LIVING\b|\bCUSTODIAL\b|\bTESTING\b|\bMETHADONE\b|\bTMS\b|\bTRANSCRANIAL\b|\bELECTROCONVULSIVE\b|\bECT\b|\bGYN\b|\bREHABILITATIVE\b|\bDENTAL\b(?! AND)|\bVISION\b|\bHEARING\b/,
    unless:
      /\bINTENSIVE[- ]OUT-?\s?PATIENT\b|\bIOP\b|\bIN-?PATIENT (?:AND|OR|&|\/) ?OUT-?PATIENT\b|\bOUT-?PATIENT (?:AND|OR|&|\/) ?IN-?PATIENT\b/,
    examples: [
      'INPATIENT',
      'Partial Hospitalization',
      'NON EMERGENCY USE OF ER/EXCLUSION',
      'PAP SMEAR',
      'MARRIAGE COUNSELING',
      'APPLIED BEHAVIOR ANALYSIS',
      'Emergency Room Physician/Plan Ded Waived',
    ],
    counterexamples: [
      'OUTPATIENT',
      'INPATIENT AND OUTPATIENT',
      'INPATIENT OR INTENSIVE OUTPATIENT',
      'Med Dent',
      'HIGHEST BENEFIT',
    ],
  },
  {
    fact: 'office',
    pattern: /\bOFFICE\b|\bPRIMARY CARE (?:VISIT|PHYSICIAN)|\bSPECIALIST (?:VISIT|OFFICE)|^SPECIALIST$|\bPCP VISIT/,
    unless: /\bINTENSIVE[- ]OUT-?\s?PATIENT\b|\bIOP\b|\bCLAIMS? OFFICE\b/,
    examples: ['OFFICE VISIT', 'PRIMARY CARE PHYSICIAN', 'Specialist Visit or Evaluation'],
    counterexamples: ['OUTPATIENT FACILITY'],
  },
  {
    fact: 'virtual',
    pattern: /\bTELE-?(?:MEDICINE|HEALTH|THERAPY|PSYCH)|\bVIRTUAL\b|\bVIDEO VISIT|\bTELADOC\b/,
    examples: ['TELEMEDICINE', 'VIRTUAL VISIT', 'TELEHEALTH'],
    counterexamples: ['TELEPHONE'],
  },
  {
    fact: 'not_covered',
    pattern:
      /^[\s.!*-]*(?:(?:THIS |THE )?(?:SERVICES?|BENEFITS?|PLAN)? ?(?:IS |ARE )?)?(?:NOT? (?:A )?(?:COVERED|BENEFITS?|COVERAGE)|NON-?COVERED|EXCLUDED|EXCLUSION)(?: (?:SERVICES?|BENEFITS?|UNDER (?:THIS|THE) PLAN|EXPENSES?|BY (?:THIS|THE) PLAN))?[\s.!*-]*$|^[\s.!*-]*(?:SERVICIO )?NO (?:ESTA |ES )?CUBIERTO[\s.!*-]*$/,
    examples: [
      'NO CUBIERTO',
      'NOT COVERED',
      'BENEFIT NOT COVERED',
      'SERVICE IS NOT COVERED UNDER THIS PLAN',
      'NON-COVERED SERVICES',
      'EXCLUSION',
    ],
    counterexamples: ['MARRIAGE COUNSELING NOT COVERED', 'COVERED'],
  },
  {
    fact: 'provider_out_of_network',
    pattern: /\bPROVIDER IS (?:OUT(?: OF)?|NOT IN)[- ]NETWORK\b|\bPROVIDER IS NON-?PARTICIPATING\b/,
    examples: ['PROVIDER IS OUT NETWORK FOR MEMBER', 'PROVIDER IS OUT OF NETWORK', 'PROVIDER IS NOT IN NETWORK'],
    counterexamples: ['PROVIDER IS IN NETWORK FOR MEMBER'],
  },
  {
    fact: 'provider_in_network',
    pattern: /\bPROVIDER IS (?:IN|PARTICIPATING IN THE)[- ]NETWORK\b|\bPROVIDER IS PARTICIPATING\b/,
    examples: ['PROVIDER IS IN NETWORK FOR MEMBER'],
    counterexamples: ['PROVIDER IS OUT NETWORK FOR MEMBER', 'PROVIDER IS NOT IN NETWORK'],
  },
  {
    fact: 'greater_of',
    pattern: /\b(?:GREATER|HIGHER) OF\b|\bWHICHEVER IS (?:GREATER|HIGHER)\b/,
    examples: ['GREATER OF COPAY OR COINSURANCE', '$50 OR 20%, WHICHEVER IS GREATER'],
  },
  {
    fact: 'lesser_of',
    pattern: /\b(?:LESSER|LOWER) OF\b|\bWHICHEVER IS (?:LESS|LESSER|LOWER)\b/,
    examples: ['LESSER OF COPAY OR COINSURANCE'],
  },
  {
    fact: 'copay_counts_to_out_of_pocket',
    pattern: new RegExp(`\\bCO-?PAY(?:MENT)?S? ${COUNTS}.{0,20}${OUT_OF_POCKET}`),
    examples: ['COPAY INCLUDED IN OOP', 'COPAYS APPLY TO OUT OF POCKET'],
    counterexamples: ['COPAY NOT INCLUDED IN OOP'],
  },
  {
    fact: 'copay_does_not_count_to_out_of_pocket',
    pattern: new RegExp(`\\bCO-?PAY(?:MENT)?S? (?:IS |ARE )?(?:NOT|DO(?:ES)? NOT|EXCLUDED).{0,25}${OUT_OF_POCKET}`),
    examples: ['COPAY NOT INCLUDED IN OOP', 'COPAY DOES NOT APPLY TO OUT OF POCKET'],
  },
  {
    fact: 'coinsurance_counts_to_out_of_pocket',
    pattern: new RegExp(`\\bCO-?INS(?:URANCE)? ${COUNTS}.{0,20}${OUT_OF_POCKET}`),
    examples: ['COINS APPLIES TO OUT OF POCKET'],
    counterexamples: ['COINS DOES NOT APPLY TO OOP'],
  },
  {
    fact: 'coinsurance_does_not_count_to_out_of_pocket',
    pattern: new RegExp(`\\bCO-?INS(?:URANCE)? (?:IS )?(?:NOT|DO(?:ES)? NOT|EXCLUDED).{0,25}${OUT_OF_POCKET}`),
    examples: ['COINS DOES NOT APPLY TO OOP'],
  },
  {
    fact: 'deductible_counts_to_out_of_pocket',
    pattern: new RegExp(`\\bDED(?:UCTIBLE)? ${COUNTS}.{0,20}${OUT_OF_POCKET}`),
    examples: ['DED INCLUDED IN OOP', 'DEDUCTIBLE APPLIES TO OOP'],
  },
  {
    fact: 'deductible_first',
    pattern:
      /\b(?:AFTER|SUBJECT TO|ONCE) (?:THE )?(?:PLAN |ANNUAL |CALENDAR YEAR |CAL YR )?DED(?:UCTIBLE)?\b|\bDED(?:UCTIBLE)? (?:ALSO )?APPL(?:Y|IES)\b(?! (?:TO|TOWARDS?) (?:THE )?(?:OOP|OUT|MOOP))|\bDED(?:UCTIBLE)? (?:MUST|HAS TO) (?:FIRST )?BE MET\b/,
    unless: /\b(?:NOT?|NEVER|WITHOUT|WAIVED|EXEMPT)\b|N'T\b|\bEVEN AFTER\b|\bAFTER (?:THE )?CO-?PAY/,
    examples: [
      '20% AFTER DEDUCTIBLE',
      'COPAY AFTER PLAN DED',
      'SUBJECT TO THE DEDUCTIBLE',
      'DEDUCTIBLE APPLIES',
      'DEDUCTIBLE MUST BE MET',
    ],
    counterexamples: [
      'NOT SUBJECT TO DEDUCTIBLE',
      'DEDUCTIBLE DOES NOT APPLY',
      'NO DEDUCTIBLE APPLIES',
      'DEDUCTIBLE APPLIES TO OOP',
      'Plan Ded Waived',
      'DEDUCTIBLE APPLIES AFTER COPAY',
      'MEDICARE DEDUCTIBLE',
    ],
  },
  {
    fact: 'deductible_waived',
    pattern:
      /\bDED(?:UCTIBLE)? (?:IS )?(?:WAIVED|DOES NOT APPLY|NOT APPLICABLE)\b|\bNO DEDUCTIBLE\b|\bNOT SUBJECT TO (?:THE )?DED/,
    examples: ['PAP SMEAR /Plan Ded Waived', 'NO DEDUCTIBLE APPLIES', 'DEDUCTIBLE DOES NOT APPLY'],
  },
  {
    fact: 'family_aggregate',
    pattern: /\bMET WHEN (?:THE )?FAMILY AMOUNT IS SATISFIED\b|\bAGGREGATE\b/,
    examples: ['DEDUCTIBLE IS MET WHEN FAMILY AMOUNT IS SATISFIED'],
  },
  {
    fact: 'spend_down',
    pattern: /\bSPEND-? ?DOWN\b/,
    examples: ['SPEND DOWN OF 450.00 NOT YET MET FOR THIS MONTH'],
  },
  {
    fact: 'pharmacy_included',
    pattern: /\bINT(?:EGRATED)? MED(?:ICAL)? AND (?:RX|PHARMACY)\b|\bINCLUDES MEDICAL AND PHARMACY\b/,
    examples: ['INT MED AND RX', 'Includes medical and pharmacy'],
  },
  {
    fact: 'unlimited',
    pattern: /\bUNLIMITED\b|\bNO (?:MAXIMUM|LIMIT)\b/,
    examples: ['Unlimited Lifetime Benefits', 'NO MAXIMUM'],
  },
];

/** The facts that one message tells, in the order of the table. */
export function messageFacts(text: string): MessageFact[] {
  return MESSAGE_RULES.filter(({ fact }) => textTells(text, fact)).map(({ fact }) => fact);
}

/** True when any of the messages tells the fact. */
export function tells(messages: readonly string[] | undefined, fact: MessageFact): boolean {
  if (messages === undefined) return false;
  for (const text of messages) if (textTells(text, fact)) return true;
  return false;
}

/** True when a message tells the fact. */
export function textTells(text: string, fact: MessageFact): boolean {
  const { capitals, facts } = KNOWN_TEXTS.get(text) ?? knownText(text);
  const told = facts.get(fact);
  if (told !== undefined) return told;
  const rule = RULE_OF_FACT.get(fact);
  const found = rule !== undefined && holds(rule, capitals);
  facts.set(fact, found);
  return found;
}

/** The facts that every row is asked for, as bits of one number: most messages tell none of them. */
export const ROUTINE_FACTS = {
  authorization_required: 1,
  referral_required: 2,
  managed_care: 4,
  behavioral: 8,
} as const;

/** No more of a text is looked through for `behavioral` among the routine facts; an MSG has at most 264 characters. */
export const LONGEST_BEHAVIORAL = 2000;

/** Which of the routine facts a message tells, `behavioral` by its first 2000 characters. */
export function routineFacts(text: string): number {
  const known = KNOWN_TEXTS.get(text) ?? knownText(text);
  known.routine ??= routineFactsIn(text);
  return known.routine;
}

function routineFactsIn(text: string): number {
  const { authorization_required, referral_required, managed_care, behavioral } = ROUTINE_FACTS;
  return (
    (textTells(text, 'authorization_required') ? authorization_required : 0) |
    (textTells(text, 'referral_required') ? referral_required : 0) |
    (textTells(text, 'managed_care') ? managed_care : 0) |
    (textTells(text.slice(0, LONGEST_BEHAVIORAL), 'behavioral') ? behavioral : 0)
  );
}

/**
 * A message as it is kept with its facts: asked by this one text all questions are answered faster. Line breaks inside it
 * become one space.
 */
export function keptMessage(text: string): string {
  const mark = markOf(text);
  const kept = KEPT_MESSAGES[mark];
  if (kept === text) return kept;
  const line = isBroken(text) ? inOneLine(text) : text;
  const known = KNOWN_TEXTS.get(line) ?? knownText(line);
  if (line === text && text.length <= LONGEST_KNOWN_TEXT) KEPT_MESSAGES[mark] = known.text;
  return known.text;
}

/** The message that was kept last of all that have the same mark: a look instead of a search by all characters of a new text. */
const KEPT_MESSAGES: (string | undefined)[] = Array.from({ length: 1024 }, () => undefined);

/** From the length of a text and eight characters of it. */
function markOf(text: string): number {
  const { length } = text;
  const step = (length >> 3) + 1;
  let mark = length;
  for (let at = 0; at < length; at += step) mark = (Math.imul(mark, 31) + text.charCodeAt(at)) | 0;
  return mark & (KEPT_MESSAGES.length - 1);
}

/** Whether there are line breaks in a text. */
function isBroken(text: string): boolean {
  return /[\r\n]/.test(text);
}

function inOneLine(text: string): string {
  const lines = text.split(/[\r\n]/).map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

/** A message in capitals, with the facts that were asked of it. */
interface KnownText {
  readonly text: string;
  readonly capitals: string;
  readonly facts: Map<MessageFact, boolean>;
  /** As `routineFacts`, once they were asked for. */
  routine: number | undefined;
}

/** A payer says the same on a hundred rows and to everybody: what was asked of a text is kept for the next time. */
const KNOWN_TEXTS = new Map<string, KnownText>();
const MOST_KNOWN_TEXTS = 1000;
/** An MSG has at most 264 characters; longer texts are not worth their room. */
const LONGEST_KNOWN_TEXT = 300;

function knownText(text: string): KnownText {
  if (text.length > LONGEST_KNOWN_TEXT) return unasked(text);
  const own = ownText(text);
  const known = unasked(own);
  if (KNOWN_TEXTS.size >= MOST_KNOWN_TEXTS) KNOWN_TEXTS.clear();
  KNOWN_TEXTS.set(own, known);
  return known;
}

/** A text of which nothing was asked yet. */
function unasked(text: string): KnownText {
  return { text, capitals: text.toUpperCase(), facts: new Map(), routine: undefined };
}

const RULE_OF_FACT: ReadonlyMap<MessageFact, MessageRule> = new Map(MESSAGE_RULES.map((rule) => [rule.fact, rule]));

function holds({ pattern, unless }: MessageRule, capitals: string): boolean {
  return pattern.test(capitals) && !unless?.test(capitals);
}
