import { Anchor, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CoverageForm } from './form';
import { Part, type PartProps } from './Part';
import { PayerInput } from './PayerInput';
import { usePayerByPrefix } from './use-checks';

interface CoveragePartProps extends PartProps {
  readonly index: number;
  readonly coverage: CoverageForm;
  readonly onChange: (part: Partial<CoverageForm>) => void;
  readonly onRemove: () => void;
}

const coverageNames = ['Insurance', 'Second insurance', 'Third insurance'];

/** One insurance: the member id tells whose it is. */
export function CoveragePart({ index, coverage, faultOf, onBlur, onChange, onRemove }: CoveragePartProps): ReactNode {
  const { payer, memberId, groupNumber } = coverage;
  const suggested = usePayerByPrefix(memberId);
  const place = `/coverages/${index}`;
  const isOther = suggested !== undefined && suggested.id !== payer.id;
  return (
    <Part title={coverageNames[index] ?? coverageNames[0] ?? 'Insurance'}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <PayerInput
          value={payer}
          error={faultOf(`${place}/payer/id`) ?? faultOf(`${place}/payer`)}
          onChange={(next) => onChange({ payer: next })}
        />
        <TextInput
          label="Member id"
          value={memberId}
          error={faultOf(`${place}/memberId`)}
          autoComplete="off"
          spellCheck={false}
          onBlur={onBlur}
          onChange={(event) => onChange({ memberId: event.currentTarget.value.toUpperCase() })}
        />
        <TextInput
          label="Group number"
          value={groupNumber}
          error={faultOf(`${place}/groupNumber`)}
          autoComplete="off"
          onChange={(event) => onChange({ groupNumber: event.currentTarget.value })}
        />
      </SimpleGrid>
      {isOther && (
        <Text size="sm" mt="xs">
          Member ids like this are of {suggested.name}.{' '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => onChange({ payer: { id: suggested.id, name: suggested.name } })}
          >
            Use it
          </Anchor>
        </Text>
      )}
      {index > 0 && (
        <Anchor component="button" type="button" size="sm" mt="xs" onClick={onRemove}>
          Take it away
        </Anchor>
      )}
    </Part>
  );
}
