import { Menu, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../words/words';

const schemes = ['auto', 'light', 'dark'] as const;

/** Light, dark, or as the system says: items of a menu. */
export function SchemeItems(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{words.nav.theme}</Menu.Label>
      {schemes.map((scheme) => (
        <Menu.Item
          key={scheme}
          onClick={() => setColorScheme(scheme)}
          closeMenuOnClick={false}
          rightSection={colorScheme === scheme ? '✓' : undefined}
        >
          {words.nav[scheme]}
        </Menu.Item>
      ))}
    </>
  );
}
