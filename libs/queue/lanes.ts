import type { Priority } from '@openvob/intake';

/** The fixed lanes: one queue each, so that a caller on the phone never waits behind routine work. */
export const lanes = ['caller_waiting', 'today', 'routine'] as const satisfies readonly Priority[];

export type Lane = (typeof lanes)[number];
