import { isCivilDate } from '@openvob/benefits';
import { nameFault } from '@openvob/x12';
import { ValidateBy, ValidateIf } from 'class-validator';
import { isInstant } from './instant';

/** The field may be left out; `null` is not leaving out. */
export const Optional = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);

/** A date of the calendar, `YYYY-MM-DD`; 30 February is none. */
export const IsCivilDate = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCivilDate',
    validator: {
      validate: (value) => typeof value === 'string' && isCivilDate(value),
      defaultMessage: () => 'must be a date of the calendar, YYYY-MM-DD',
    },
  });

/** An instant of RFC 3339, with its zone. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) => typeof value === 'string' && isInstant(value),
      defaultMessage: () => 'must be an instant with its zone, e.g. 2026-11-20T15:00:00Z',
    },
  });

/** A name or id that can be put into an X12 inquiry as it is: no delimiters, no control characters. */
export const IsSayableInX12 = (): PropertyDecorator =>
  ValidateBy({
    name: 'isSayableInX12',
    validator: {
      validate: (value) => typeof value !== 'string' || nameFault(value) === undefined,
      defaultMessage: (given) =>
        (typeof given?.value === 'string' ? nameFault(given.value) : undefined) ?? 'must be text',
    },
  });

/** Text with something in it besides blanks. */
export const IsFilled = (): PropertyDecorator =>
  ValidateBy({
    name: 'isFilled',
    validator: {
      validate: (value) => typeof value !== 'string' || value.trim() !== '',
      defaultMessage: () => 'must not be empty',
    },
  });
