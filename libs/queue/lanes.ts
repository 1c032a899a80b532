import type { Lane } from '@openvob/intake';

/** The fixed lanes: one queue each, so that a caller on the phone never waits behind routine work. */
export const lanes = ['caller_waiting', 'today', 'routine', 'bulk'] as const satisfies readonly Lane[];

export type { Lane };
