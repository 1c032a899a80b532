import type { ReactNode } from 'react';
import { words } from '../words/words';

/** The name, and the way home. */
export function Brand(): ReactNode {
  return (
    <a className="brand" href="/">
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#12626b" />
        <path d="M8.5 16.5l5 5 10-11" fill="none" stroke="#fff" strokeWidth="3.2" strokeLinecap="round" />
      </svg>
      <span>{words.product}</span>
    </a>
  );
}
