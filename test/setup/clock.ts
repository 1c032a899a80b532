import type { Clock } from '@openvob/platform';

/** A clock that runs on from a moment of the suite's choosing and can be put forward. */
export class SuiteClock implements Clock {
  private offsetMs = 0;

  constructor(start: string) {
    this.set(start);
  }

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  set(instant: string): void {
    this.offsetMs = Date.parse(instant) - Date.now();
  }
}
