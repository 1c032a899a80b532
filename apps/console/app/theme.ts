import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const teal: MantineColorsTuple = [
  '#e9f6f7',
  '#d3e9eb',
  '#a6d3d7',
  '#76bcc2',
  '#4fa8b0',
  '#3199a2',
  '#1a7f89',
  '#12626b',
  '#0d4d54',
  '#06383e',
];

/** One quiet design: ink on paper, one color for what can be done, others only where they mean something. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontWeight: '650' },
  // As plain objects: `extend` would load every one of them with the first page.
  components: {
    Alert: { defaultProps: { variant: 'light' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 600 } },
    Button: { defaultProps: { fw: 600 } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, centered: true } },
    Paper: { defaultProps: { withBorder: true, radius: 'md' } },
    Tooltip: {
      defaultProps: { events: { hover: true, focus: true, touch: true }, multiline: true, maw: 320, withArrow: true },
    },
  },
});

/** Quiet text is still read: 4.5:1 at least on every ground (WCAG 1.4.3). */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#55606a',
    '--mantine-color-placeholder': '#666f78',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2227',
    '--mantine-color-error': '#b02525',
    '--mantine-color-orange-light-color': '#8a4b00',
    '--mantine-color-red-light-color': '#a61b1b',
    '--mantine-color-green-light-color': '#1e6b3a',
    '--mantine-color-gray-light-color': '#404a52',
    '--mantine-color-teal-light-color': '#0d4d54',
  },
  dark: {
    '--mantine-color-dimmed': '#b3bac0',
    '--mantine-color-placeholder': '#9aa2a9',
    '--mantine-color-body': '#1c2125',
    '--mantine-color-text': '#e8ecef',
    '--mantine-color-error': '#ff9d9d',
    '--mantine-color-orange-light-color': '#ffc078',
    '--mantine-color-red-light-color': '#ffb3b3',
    '--mantine-color-green-light-color': '#8ce0a8',
    '--mantine-color-gray-light-color': '#c9d0d5',
    '--mantine-color-teal-light-color': '#a6d3d7',
    '--mantine-color-anchor': '#76bcc2',
  },
});
