import { type FieldReader, optional, type Principal, readFields, truth, whole } from '@openvob/access';
import { type Clock, Problem } from '@openvob/platform';
import type { RecheckSettings, StoredRecheckSettings } from '@openvob/store';
import { actorOf } from './actor';

const clockTime: FieldReader<number> = (value) => {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(typeof value === 'string' ? value : '') ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  if (minute <= 24 * 60) return { value: minute };
  return { fault: { code: 'unusable', detail: 'must be a time from 00:00 to 24:00' } };
};

/** Reads and changes a facility's re-checks. */
export class RecheckSettingsService {
  constructor(private readonly parts: { settings: StoredRecheckSettings; clock: Clock }) {}

  async read(caller: Principal): Promise<object> {
    return presented(await this.parts.settings.read(caller.facilityId));
  }

  /** @throws Problem `validation_failed` */
  async change(caller: Principal, body: unknown): Promise<object> {
    const { settings, clock } = this.parts;
    const { from, until, ...change } = readFields(body, {
      enabled: optional(truth),
      daysBeforeReset: optional(whole(0, 60)),
      from: optional(clockTime),
      until: optional(clockTime),
    });
    const { fromMinute, untilMinute } = await settings.read(caller.facilityId);
    const hours = { fromMinute: from ?? fromMinute, untilMinute: until ?? untilMinute };
    if (hours.fromMinute >= hours.untilMinute)
      throw new Problem('validation_failed', {
        fields: [{ pointer: '/until', code: 'out_of_range', detail: 'must be later on the same day than from' }],
      });
    const wanted = { ...change, ...hours };
    return presented(await settings.change(caller.facilityId, wanted, actorOf(caller), clock.now()));
  }
}

function presented({ enabled, daysBeforeReset, fromMinute, untilMinute, timeZone }: RecheckSettings): object {
  return { enabled, daysBeforeReset, from: timeOf(fromMinute), until: timeOf(untilMinute), timeZone };
}

function timeOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
