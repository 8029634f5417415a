/** The one theme of both portals: colours, type, radii and the defaults of every component. */
import type { MantineColorsTuple, MantineThemeOverride } from '@mantine/core'

const ink: MantineColorsTuple = [
  '#eef3fb', '#dbe5f5', '#b7caea', '#8fabdd', '#6b8fd2', '#4f78c6', '#3a63b4', '#2c509b', '#22407f', '#182f61',
] // biome-ignore format: ten shades on one line read as a scale
const slate: MantineColorsTuple = [
  '#f6f8fa', '#eceff3', '#dde2e8', '#c4ccd6', '#9aa5b3', '#6f7b8a', '#525e6d', '#3d4856', '#28313c', '#171d25',
] // biome-ignore format: as above
const dark: MantineColorsTuple = [
  '#d3dae3', '#b4bdc9', '#95a0ae', '#66717f', '#414b58', '#333c48', '#262e38', '#1c232c', '#151b23', '#0f141a',
] // biome-ignore format: as above

/** Labels of buttons that Mantine draws without a text. English here; `localisedTheme` in Providers puts the language's in. */
export const theme: MantineThemeOverride = {
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  colors: { ink, gray: slate, dark },
  black: '#171d25',
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  fontFamily: "'Inter Variable', 'Noto Sans Devanagari Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', monospace",
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.45' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 3 } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: true,
        padding: 'lg',
        attributes: { header: { role: 'presentation' } },
      },
    },
    Drawer: { defaultProps: { lockScroll: false, padding: 'lg', attributes: { header: { role: 'presentation' } } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, position: 'bottom-end', shadow: 'md' } },
    Portal: { defaultProps: { target: '#overlays' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Tabs: { defaultProps: { keepMounted: false } },
    Notifications: { defaultProps: { position: 'bottom-right' } },
  },
}
