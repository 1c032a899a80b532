import { type ReactNode, useEffect, useState } from 'react';
import { fetched } from '../app/fetched';

/** A QR code, drawn here: the secret in it goes to no one. The coder is loaded when the first one is shown. */
export function QrCode({ text }: { text: string }): ReactNode {
  const [cells, setCells] = useState<readonly (readonly boolean[])[]>([]);
  useEffect(() => {
    fetched(() => import('uqr')).then(
      ({ encode }) => setCells(encode(text, { border: 2 }).data),
      // The key stands beside it, to be typed.
      () => setCells([]),
    );
  }, [text]);
  const size = cells.length;
  if (size === 0) return null;
  const path = cells.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width={200}
      height={200}
      role="img"
      aria-label="QR code"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
