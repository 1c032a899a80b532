import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../session/session';

/** Which facility this is, and whose days its days are. */
export function FacilityPart(): ReactNode {
  const { facility } = useSession();
  return (
    <Paper p="lg" maw={640}>
      <Title order={2} size="h4">
        {facility?.name}
      </Title>
      <Text>Time zone: {facility?.timeZone.replaceAll('_', ' ')}</Text>
      <Text size="sm" className="quiet" mt="xs">
        “Today”, month ends, quiet hours and deadlines go by the clock of this place. Name, NPI and time zone are set
        when the facility is set up.
      </Text>
    </Paper>
  );
}
