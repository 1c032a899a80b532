import type { ComponentProps, ReactNode } from 'react';
import { text } from './words';

interface OwnerButtonProps extends Pick<ComponentProps<'button'>, 'onClick' | 'ref'> {
  /** The name of whoever looks after it. */
  readonly owner: string | undefined;
}

/** Who looks after a verification; opens the list of those who may. */
export function OwnerButton({ owner, ...rest }: OwnerButtonProps): ReactNode {
  return (
    <button type="button" className="owner" aria-haspopup="menu" aria-label={text.owner(owner)} title={owner} {...rest}>
      <span className="owner-initials" data-initials={owner ? initials(owner) : '+'} />
      <span className="owner-name">{owner}</span>
    </button>
  );
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((part) => part[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
}
