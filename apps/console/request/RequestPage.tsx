import type { ReactNode } from 'react';

export function RequestPage(): ReactNode {
  return null;
}
