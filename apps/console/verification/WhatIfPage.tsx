import type { ReactNode } from 'react';

export function WhatIfPage(): ReactNode {
  return null;
}
