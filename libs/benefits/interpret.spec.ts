import { issueCodes, readLevels, readSubscriber, subscriberLevel, unsourced } from './x12-271.fixture';

const accumulators = (...segments: string[]) => unsourced(readSubscriber(...segments).accumulators);
const costShares = (...segments: string[]) => unsourced(readSubscriber(...segments).costShares);
const limits = (...segments: string[]) => unsourced(readSubscriber(...segments).limits);

const onPlan = { network: 'in', serviceTypes: ['30'] };

describe('accumulators', () => {
  it('join among many plans as among one', () => {
    const plans = Array.from({ length: 40 }, (_, at) => `PLAN ${at}`);
    const bases = plans.map((plan, at) => `EB*C*IND*30**${plan}*23*${at + 100}*****Y`);
    const rests = plans.map((plan, at) => `EB*C*IND*30**${plan}*29*${at}*****Y`);
    const found = accumulators(...bases, ...rests);
    expect(found.map(({ plan, limitCents, remainingCents }) => [plan, limitCents, remainingCents])).toEqual(
      plans.map((plan, at) => [plan, (at + 100) * 100, at * 100]),
    );
  });

  it('join base, used and remaining that agree', () => {
    const { accumulators: found } = readSubscriber(
      'EB*C*IND*30***23*1500*****Y',
      'EB*C*IND*30***24*400.25*****Y',
      'EB*C*IND*30***29*1099.75*****Y',
    );
    expect(found).toEqual([
      {
        kind: 'deductible',
        level: 'individual',
        period: 'calendar_year',
        ...onPlan,
        limitCents: 150000,
        usedCents: 40025,
        remainingCents: 109975,
        source: [
          { segment: 12, raw: 'EB*C*IND*30***23*1500*****Y' },
          { segment: 13, raw: 'EB*C*IND*30***24*400.25*****Y' },
          { segment: 14, raw: 'EB*C*IND*30***29*1099.75*****Y' },
        ],
      },
    ]);
  });

  it.each([
    ['kind', 'EB*C*IND*30***23*1500*****Y', 'EB*G*IND*30***29*700*****Y'],
    ['level', 'EB*C*IND*30***23*1500*****Y', 'EB*C*FAM*30***29*700*****Y'],
    ['network', 'EB*C*IND*30***23*1500*****Y', 'EB*C*IND*30***29*700*****W'],
    ['service types', 'EB*C*IND*30***23*1500*****Y', 'EB*C*IND*MH***29*700*****Y'],
    ['an empty service type', 'EB*C*IND*30***23*1500*****Y', 'EB*C*IND****29*700*****Y'],
    ['plan', 'EB*C*IND*30**GOLD*23*1500*****Y', 'EB*C*IND*30**SILVER*29*700*****Y'],
  ])('stay apart when they differ in %s', (_, base, remaining) => {
    expect(readSubscriber(base, remaining).accumulators).toHaveLength(2);
  });

  it('stay apart when dates or messages differ', () => {
    const base = 'EB*C*IND*30***23*1500';
    const remaining = 'EB*C*IND*30***29*700';
    expect(readSubscriber(base, 'MSG*A', remaining).accumulators).toHaveLength(2);
    expect(readSubscriber(base, 'DTP*292*RD8*20260101-20261231', remaining).accumulators).toHaveLength(2);
    expect(readSubscriber(base, 'MSG*A', remaining, 'MSG*A').accumulators).toHaveLength(1);
  });

  it('give a base the nearest used and remaining after it', () => {
    expect(
      accumulators(
        'EB*C*IND*30***29*50*****Y',
        'EB*C*IND*30***23*1000*****Y',
        'EB*C*IND*30***29*900*****Y',
        'EB*C*IND*30***22*2000*****Y',
        'EB*C*IND*30***29*1800*****Y',
      ),
    ).toMatchObject([
      { period: 'unspecified', remainingCents: 5000 },
      { period: 'calendar_year', limitCents: 100000, remainingCents: 90000 },
      { period: 'service_year', limitCents: 200000, remainingCents: 180000 },
    ]);
  });

  it('that are identical appear once', () => {
    const row = 'EB*G*FAM*30***23*6000*****Y';
    expect(readSubscriber(row, row).accumulators).toHaveLength(1);
  });

  it.each([
    ['IND', 'individual'],
    ['FAM', 'family'],
    ['EMP', 'other'],
    ['ECH', 'other'],
    ['', 'unknown'],
  ])('of level "%s" are %s', (code, level) => {
    expect(accumulators(`EB*C*${code}*30***23*10`)).toMatchObject([{ level }]);
  });

  it.each([
    ['22', 'service_year'],
    ['23', 'calendar_year'],
    ['25', 'contract'],
    ['21', 'year'],
    ['32', 'lifetime'],
    ['27', 'visit'],
    ['7', 'day'],
    ['35', 'week'],
    ['34', 'month'],
    ['26', 'episode'],
    ['36', 'admission'],
    ['', 'unspecified'],
    ['24', 'unspecified'],
    ['29', 'unspecified'],
    ['33', 'lifetime'],
  ])('over EB06 "%s" count over %s', (code, period) => {
    expect(accumulators(`EB*C*IND*30***${code}*10`)).toMatchObject([{ period }]);
  });

  it.each([
    ['Y', 'in'],
    ['N', 'out'],
    ['W', 'either'],
    ['U', 'unknown'],
    ['', 'unknown'],
  ])('with EB12 "%s" are of network %s', (code, network) => {
    expect(accumulators(`EB*C*IND*30***23*10*****${code}`)).toMatchObject([{ network }]);
  });

  it('inherit nothing from other rows', () => {
    expect(accumulators('EB*1**30**GOLD*******Y', 'EB*C*IND****23*500')).toEqual([
      {
        kind: 'deductible',
        level: 'individual',
        period: 'calendar_year',
        network: 'unknown',
        serviceTypes: [],
        limitCents: 50000,
      },
    ]);
  });

  it('keep 0 apart from nothing said', () => {
    expect(accumulators('EB*C*IND*30***23*0')[0]).toHaveProperty('limitCents', 0);
    expect(accumulators('EB*C*IND*30***23')[0]).not.toHaveProperty('limitCents');
  });
});

describe('odd figures', () => {
  it.each([
    ['EB*A*IND*MH*****.2', { percent: 20 }, []],
    ['EB*A*IND*MH*****0', { percent: 0 }, []],
    ['EB*A*IND*MH*****1', { percent: 100 }, []],
    ['EB*A*IND*MH*****.3333', { percent: 33.33 }, []],
    ['EB*A*IND*MH*****20', { percent: 20 }, ['percent_range']],
    ['EB*A*IND*MH*****100', { percent: 100 }, ['percent_range']],
    ['EB*A*IND*MH*****100.5', {}, ['percent_range']],
    ['EB*A*IND*MH*****-.2', {}, ['percent_range']],
    ['EB*A*IND*MH*****TWENTY', {}, ['percent_range']],
    ['EB*A*IND*MH****25*.2', { percent: 20 }, ['figure_not_allowed']],
    ['EB*B*IND*MH***27*25*.2', { amountCents: 2500 }, ['figure_not_allowed']],
    ['EB*B*IND*MH***27**.2', {}, ['figure_not_allowed']],
    ['EB*B*IND*MH***27*-5', {}, ['amount_range']],
    ['EB*B*IND*MH***27*FREE', {}, ['amount_range']],
    ['EB*B*IND*MH***27*999999.99', {}, ['unlimited']],
  ])('%s gives %j and %j', (row, figure, codes) => {
    const [share] = costShares(row);
    expect({ percent: share?.percent, amountCents: share?.amountCents }).toEqual({
      percent: undefined,
      amountCents: undefined,
      ...figure,
    });
    expect(issueCodes(row)).toEqual(codes);
  });

  it.each([
    ['EB*C*IND*30*****1500.00', ['figure_not_allowed']],
    ['EB*1**30***23*0*80', ['figure_not_allowed', 'figure_not_allowed']],
    ['EB*G*IND*30***23*999999.99', ['unlimited']],
    ['EB*G*IND*30***23*999999', []],
    ['EB*D*IND*23*****1', []],
    ['EB*F*IND*AE****29*1840', ['percent_range']],
  ])('%s raises %j', (row, codes) => {
    expect(issueCodes(row)).toEqual(codes);
  });

  it('warn of a whole percentage and refuse an impossible one', () => {
    const severities = (row: string) =>
      readLevels(subscriberLevel(row)).issues.flatMap(({ code, severity }) =>
        code === 'percent_range' ? [severity] : [],
      );
    expect(severities('EB*A*IND*MH*****20')).toEqual(['warning']);
    expect(severities('EB*A*IND*MH*****200')).toEqual(['error']);
  });

  it('that mean "no limit" leave the accumulator without the figure', () => {
    expect(accumulators('EB*G*IND*30***23*999999.99*****Y')).toEqual([
      { kind: 'out_of_pocket', level: 'individual', period: 'calendar_year', ...onPlan },
    ]);
  });
});

describe('cost shares', () => {
  it.each([
    ['27', 'visit'],
    ['7', 'day'],
    ['35', 'week'],
    ['34', 'month'],
    ['36', 'admission'],
    ['26', 'episode'],
    ['23', 'year'],
    ['', undefined],
    ['29', undefined],
  ])('of a copay over EB06 "%s" are per %s', (code, per) => {
    expect(costShares(`EB*B*IND*MH***${code}*25`)[0]?.per).toBe(per);
  });

  it('of coinsurance have no unit', () => {
    expect(costShares('EB*A*IND*MH***27**.2****Y')).toEqual([
      { kind: 'coinsurance', network: 'in', serviceTypes: ['MH'], percent: 20 },
    ]);
  });

  it('take a number of days from EB09, an amount with days being per day', () => {
    expect(costShares('EB*B**47***29*248**DY*30')).toEqual([
      { kind: 'copay', network: 'unknown', serviceTypes: ['47'], per: 'day', amountCents: 24800, days: 30 },
    ]);
    expect(costShares('EB*A*IND*48*****.2*DY*60')).toMatchObject([{ percent: 20, days: 60 }]);
    expect(costShares('EB*B*IND*48***36*100', 'HSD*DY*5')).toMatchObject([{ per: 'admission', days: 5 }]);
    expect(costShares('EB*B*IND*MH***27*25**VS*20')[0]).not.toHaveProperty('days');
  });

  it('carry place of service and procedure', () => {
    expect(costShares('EB*B*IND*MH***27*25*****Y*HC:90853', 'III*ZZ*02', 'III*ZZ*10', 'III*GR*X')).toMatchObject([
      { placeOfService: ['02', '10'], procedure: '90853' },
    ]);
  });

  it('are listed without a figure when none was given', () => {
    expect(costShares('EB*B*IND*MH', 'MSG*COPAY VARIES')).toEqual([
      { kind: 'copay', network: 'unknown', serviceTypes: ['MH'], messages: ['COPAY VARIES'] },
    ]);
  });

  it('that are identical appear once, whatever the coverage level', () => {
    expect(costShares('EB*B*IND*MH***27*25', 'EB*B*FAM*MH***27*25')).toHaveLength(1);
  });
});

describe('limits', () => {
  const head = { network: 'unknown', serviceTypes: ['MH'] };

  it.each([
    [['EB*F*IND*MH***23***VS*30'], [{ unit: 'visits', period: 'calendar_year', allowed: 30 }]],
    [['EB*F*IND*MH***29***VS*12'], [{ unit: 'visits', period: 'unspecified', remaining: 12 }]],
    [['EB*F*IND*MH***24***VS*18'], [{ unit: 'visits', period: 'unspecified', used: 18 }]],
    [['EB*F*IND*MH***22***DY*60'], [{ unit: 'days', period: 'service_year', allowed: 60 }]],
    [['EB*F*IND*MH***33***LA*60'], [{ unit: 'days', period: 'lifetime', remaining: 60 }]],
    [['EB*F*IND*MH***23***HS*100'], [{ unit: 'hours', period: 'calendar_year', allowed: 100 }]],
    [['EB*F*IND*MH***23***P6*8'], [{ unit: 'other', period: 'calendar_year', allowed: 8 }]],
    [['EB*F*IND*MH***23***99*8'], [{ unit: 'other', period: 'calendar_year', used: 8 }]],
    [['EB*F*IND*MH***23*2500'], [{ unit: 'dollars', period: 'calendar_year', allowed: 250000 }]],
    [['EB*F*IND*MH***29*1840'], [{ unit: 'dollars', period: 'unspecified', remaining: 184000 }]],
    [['EB*F*IND*MH', 'HSD*VS*35***21*1'], [{ unit: 'visits', period: 'year', allowed: 35 }]],
    [['EB*F*IND*MH', 'HSD*VS*35***21*3'], [{ unit: 'visits', period: 'unspecified', allowed: 35 }]],
    [['EB*F*IND*MH', 'HSD*VS*35***29'], [{ unit: 'visits', period: 'unspecified', remaining: 35 }]],
    [['EB*F*IND*MH', 'HSD*VS*0*YY*1'], [{ unit: 'visits', period: 'year', allowed: 0 }]],
    [['EB*F*IND*MH', 'HSD*VS*3*WK*1'], [{ unit: 'visits', period: 'week', allowed: 3 }]],
    [['EB*F*IND*MH', 'HSD*FL*1***34*6'], [{ unit: 'other', period: 'unspecified', allowed: 1 }]],
    [['EB*F*IND*MH***23', 'HSD*VS*30'], [{ unit: 'visits', period: 'calendar_year', allowed: 30 }]],
    [['EB*F*IND*MH***23', 'HSD***VS**31*50'], [{ unit: 'visits', period: 'calendar_year', allowed: 50 }]],
    [['EB*C*IND*MH***29***DB*3'], [{ unit: 'other', period: 'unspecified', remaining: 3 }]],
    [['EB*K*IND*MH***33***LA*60'], [{ unit: 'days', period: 'lifetime', remaining: 60 }]],
    [['EB*F*IND*MH***23***S7*18'], []],
    [['EB*F*IND*MH', 'MSG*PRECERT REQUIRED'], []],
    [['EB*F*IND*MH***23***VS*MANY'], []],
    [['EB*D*IND*MH', 'HSD*VS*30'], []],
  ])('of %j are %j', (segments, expected) => {
    const found = limits(...segments).map(({ messages: _, ...limit }) => limit);
    expect(found).toEqual(expected.map((limit) => ({ ...limit, ...head })));
  });

  it('leave out a quantity that is no number or cannot be counted exactly, with an issue', () => {
    const rows = [`EB*F*IND*CJ***23***VS*${'9'.repeat(400)}`, 'HSD*VS*MANY', 'EB*F*IND*CJ***23***VS*9007199254740991'];
    expect(limits(...rows)).toEqual([
      { unit: 'visits', period: 'calendar_year', network: 'unknown', serviceTypes: ['CJ'], allowed: 9007199254740991 },
    ]);
    expect(issueCodes(...rows)).toEqual(['quantity_range', 'quantity_range']);
  });

  it('join base and remaining, in one row or in two', () => {
    const whole = [{ ...head, unit: 'visits', period: 'year', allowed: 35, remaining: 20 }];
    expect(limits('EB*F*IND*MH', 'HSD*VS*35***21*1', 'HSD*VS*20***29')).toEqual(whole);
    expect(limits('EB*F*IND*MH', 'HSD*VS*35***21*1', 'EB*F*IND*MH', 'HSD*VS*20***29')).toEqual(whole);
  });

  it('of different units stay apart', () => {
    expect(limits('EB*F*IND*MH***23***VS*30', 'EB*F*IND*MH***29***DY*20')).toHaveLength(2);
  });

  it('name the row and the delivery as sources', () => {
    const [limit] = readSubscriber('EB*F*IND*MH', 'HSD*VS*35***21*1').limits;
    expect(limit?.source.map(({ raw }) => raw)).toEqual(['EB*F*IND*MH', 'HSD*VS*35***21*1']);
  });

  it('leave a deductible that counts days out of the accumulators', () => {
    expect(accumulators('EB*C*IND*10***29***DB*3')).toEqual([]);
  });
});

describe('authorizations', () => {
  const said = (...segments: string[]) => unsourced(readSubscriber(...segments).authorizations);
  const row = { serviceTypes: ['MH'], network: 'in' };

  it.each([
    ['Y', [{ ...row, required: 'yes' }]],
    ['N', [{ ...row, required: 'no' }]],
    ['U', [{ ...row, required: 'unknown' }]],
    ['', []],
  ])('are told by EB11 "%s"', (code, expected) => {
    expect(said(`EB*1**MH********${code}*Y`)).toEqual(expected);
  });

  it('are told by a message that says so', () => {
    const { authorizations } = readSubscriber('EB*1**MH*********Y', 'MSG*PRECERT REQUIRED');
    expect(authorizations).toEqual([
      { ...row, required: 'yes', text: 'PRECERT REQUIRED', source: { segment: 13, raw: 'MSG*PRECERT REQUIRED' } },
    ]);
  });

  it('are not told by a message that says the opposite', () => {
    expect(said('EB*1**MH', 'MSG*PRIOR AUTHORIZATION NOT REQUIRED')).toEqual([]);
  });

  it('stand once for the same statement', () => {
    expect(said('EB*A*IND*MH*****.2***Y*Y', 'EB*B*IND*MH***27*25****Y*Y')).toHaveLength(1);
  });
});

describe('exclusions', () => {
  it('carry network, procedure and message', () => {
    const { exclusions } = readSubscriber('EB*E**MH*********N*HC:H0015', 'MSG*ONE', 'MSG*TWO', 'EB*I**35');
    expect(unsourced(exclusions)).toEqual([
      { serviceTypes: ['MH'], network: 'out', procedure: 'H0015', text: 'ONE; TWO' },
      { serviceTypes: ['35'], network: 'unknown' },
    ]);
  });
});

describe('parties', () => {
  it('are entities with phone, web address and member id, with or without LS and LE', () => {
    const party = ['NM1*VN*2*EXAMPLE BEHAVIORAL*****MI*V900', 'PER*IC**TE*8005550100*UR*WWW.EXAMPLE.TEST'];
    const entity = {
      role: 'VN',
      name: 'EXAMPLE BEHAVIORAL',
      memberId: 'V900',
      phone: '8005550100',
      url: 'WWW.EXAMPLE.TEST',
      serviceTypes: ['MH'],
    };
    expect(unsourced(readSubscriber('EB*D**MH', ...party).entities)).toEqual([entity]);
    expect(unsourced(readSubscriber('EB*D**MH', 'LS*2120', ...party, 'LE*2120').entities)).toEqual([entity]);
  });

  it('that are persons are named first name first', () => {
    expect(readSubscriber('EB*L', 'LS*2120', 'NM1*P3*1*EXAMPLE*QUINN', 'LE*2120').entities[0]?.name).toBe(
      'QUINN EXAMPLE',
    );
  });

  it('without a name are entities when there is a phone, with an issue', () => {
    const segments = ['EB*U**MH', 'LS*2120', 'NM1*X3*2', 'PER*IC**TE*8005550100', 'LE*2120'];
    const snapshot = readSubscriber(...segments);
    expect(unsourced(snapshot.entities)).toEqual([{ role: 'X3', phone: '8005550100', serviceTypes: ['MH'] }]);
    expect(snapshot.carveOut).toBeUndefined();
    expect(issueCodes(...segments)).toEqual(['entity_without_name']);
  });

  it('of which nothing at all is said are none, with an issue', () => {
    expect(readSubscriber('EB*1**30', 'LS*2120', 'NM1*X3*2', 'LE*2120').entities).toEqual([]);
    expect(issueCodes('EB*1**30', 'LS*2120', 'REF*6P*G1', 'LE*2120')).toEqual(['entity_without_name']);
  });

  it.each([
    ['PRP', 'primary'],
    ['SEP', 'secondary'],
    ['TTP', 'tertiary'],
    ['PR', 'unknown'],
    ['P4', 'unknown'],
  ])('of role %s under another payer are other payers of order %s and no entities', (role, order) => {
    const snapshot = readSubscriber(
      'EB*R**30**SECOND PLAN',
      'LS*2120',
      `NM1*${role}*2*OTHER PAYER*****MI*O77`,
      'LE*2120',
    );
    expect(unsourced(snapshot.otherPayers)).toEqual([{ order, name: 'OTHER PAYER', memberId: 'O77' }]);
    expect(snapshot.entities).toEqual([]);
  });

  it('give another payer its name, else the row does; an id of another kind is no member id', () => {
    const payers = (...segments: string[]) => unsourced(readSubscriber(...segments).otherPayers);
    expect(payers('EB*R**30**SECOND PLAN', 'NM1*PRP*2******PI*55')).toEqual([
      { order: 'primary', name: 'SECOND PLAN' },
    ]);
    expect(payers('EB*R**30**SECOND PLAN')).toEqual([{ order: 'unknown', name: 'SECOND PLAN' }]);
    expect(payers('EB*R**30')).toEqual([{ order: 'unknown' }]);
  });

  it('beside another payer stay entities, the insured giving the member id', () => {
    const snapshot = readSubscriber('EB*R**30', 'NM1*SEP*2*OTHER PAYER', 'NM1*IL*1*EXAMPLE*SAM****MI*O77');
    expect(unsourced(snapshot.otherPayers)).toEqual([{ order: 'secondary', name: 'OTHER PAYER', memberId: 'O77' }]);
    expect(unsourced(snapshot.entities)).toMatchObject([{ role: 'IL', name: 'SAM EXAMPLE' }]);
  });
});
