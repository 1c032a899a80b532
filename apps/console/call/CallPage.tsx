import type { ReactNode } from 'react';

export function CallPage(): ReactNode {
  return null;
}
