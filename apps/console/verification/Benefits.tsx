import { Group, SimpleGrid, Text } from '@mantine/core';
import type { AnswerJson, IopBenefit, VerificationJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { Explained } from '../app/Explained';
import { money } from '../words/format';
import { type BenefitSide, benefitSides, type Meter } from './benefits';
import { Said } from './Said';
import { Section } from './Section';
import { Sourced } from './SourceProvider';

interface BenefitsProps {
  readonly verification: VerificationJson;
  readonly answers: readonly AnswerJson[];
}

/** What the plan gives, in and out of network; every figure opens its source. */
export function Benefits({ verification, answers }: BenefitsProps): ReactNode {
  const { decision } = verification;
  if (!decision) return null;
  const sides = benefitSides(answers);
  return (
    <Section title="Benefits">
      <Used decision={decision} />
      {sides.length > 0 && (
        <SimpleGrid cols={{ base: 1, md: sides.length }} spacing="xl" mt="md">
          {sides.map((side) => (
            <Side key={side.network} side={side} />
          ))}
        </SimpleGrid>
      )}
      {sides.length === 0 && (
        <SimpleGrid cols={{ base: 1, md: 2 }} mt="md">
          {decided(decision).map((meter) => (
            <MeterLine key={meter.name} meter={meter} />
          ))}
        </SimpleGrid>
      )}
      <Said answers={answers} />
    </Section>
  );
}

/** The figures that the estimate stands on. */
function Used({ decision: { copay, coinsurance, authorization, limits } }: { decision: IopBenefit }): ReactNode {
  return (
    <dl className="facts">
      {copay && (
        <Fact name="Copay">
          <Sourced shown={{ title: 'Copay', sources: copay.source, alternatives: copay.alternatives }}>
            {money(copay.value.amountCents ?? 0)}
            {copay.value.per ? ` per ${copay.value.per}` : ''}
          </Sourced>
        </Fact>
      )}
      {coinsurance && (
        <Fact name="Coinsurance">
          <Sourced
            shown={{ title: 'Coinsurance', sources: coinsurance.source, alternatives: coinsurance.alternatives }}
          >
            {coinsurance.value.percent ?? 0} %
          </Sourced>
        </Fact>
      )}
      <Fact name="Approval needed">
        {authorization === 'yes' ? 'Yes, before it begins' : authorization === 'no' ? 'No' : 'Not said'}
      </Fact>
      {limits.map((limit) => (
        <Fact key={JSON.stringify(limit)} name="Limit">
          <Sourced shown={{ title: 'Limit', sources: limit.source }}>
            {limit.remaining === undefined ? '' : `${limit.remaining} left of `}
            {limit.allowed ?? 'an unstated number of'} {limit.unit}
          </Sourced>
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}

function Side({ side: { network, meters, shares } }: { side: BenefitSide }): ReactNode {
  return (
    <div>
      <Text fw={600} mb={6}>
        <Explained table="network" code={network} />
      </Text>
      {shares.map((share) => (
        <Group key={JSON.stringify(share)} justify="space-between" className="meter-row">
          <Text size="sm">{share.text}</Text>
          <Sourced shown={{ title: share.text, sources: share.sources }}>
            <span className="figures">
              {share.amountCents === undefined ? `${share.percent ?? 0} %` : money(share.amountCents)}
              {share.per ? ` per ${share.per}` : ''}
            </span>
          </Sourced>
        </Group>
      ))}
      {meters.map((meter) => (
        <MeterLine key={meter.name} meter={meter} />
      ))}
    </div>
  );
}

/** How much of an amount is used, in words and as a bar. */
function MeterLine({ meter: { name, limitCents, remainingCents, sources } }: { meter: Meter }): ReactNode {
  const used = limitCents !== undefined && remainingCents !== undefined ? limitCents - remainingCents : undefined;
  const words =
    remainingCents === undefined
      ? `${money(limitCents ?? 0)}; how much is left was not said`
      : remainingCents === 0
        ? 'met'
        : `${money(remainingCents)} left${limitCents === undefined ? '' : ` of ${money(limitCents)}`}`;
  return (
    <div className="meter-row">
      <Group justify="space-between" gap="2px 12px" className="meter-name">
        <Text size="sm">{name}</Text>
        <Sourced shown={{ title: name, sources }}>
          <span className="figures">{words}</span>
        </Sourced>
      </Group>
      {used !== undefined && limitCents !== undefined && limitCents > 0 && (
        <div className="meter" role="img" aria-label={`${name}: ${money(used)} used, ${words}`}>
          <span style={{ width: `${Math.min(100, Math.round((used / limitCents) * 100))}%` }} />
        </div>
      )}
    </div>
  );
}

/** What was chosen, for results whose answers hold no lists. */
function decided(decision: IopBenefit): Meter[] {
  const named = [
    ['Deductible, this person', decision.deductibleIndividual],
    ['Deductible, family', decision.deductibleFamily],
    ['Yearly maximum, this person', decision.outOfPocketIndividual],
    ['Yearly maximum, family', decision.outOfPocketFamily],
  ] as const;
  return named.flatMap(([name, chosen]) => {
    if (!chosen) return [];
    const { limitCents, remainingCents } = chosen.value;
    return [
      {
        name,
        sources: chosen.source,
        ...(limitCents === undefined ? {} : { limitCents }),
        ...(remainingCents === undefined ? {} : { remainingCents }),
      },
    ];
  });
}
