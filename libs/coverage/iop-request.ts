import type { CivilDate } from '@openvob/benefits';
import type { Setting, Track } from '@openvob/programs';

/** What the benefit is chosen for. */
export interface IopRequest {
  readonly track: Track;
  readonly network: 'in' | 'out';
  readonly setting: Setting;
  /** Date of service; without it the one the snapshot was worked out for. */
  readonly on?: CivilDate;
}
