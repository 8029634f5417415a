/** Elements of a table lose their meaning in some browsers when they are laid out as a grid: it is said again. */
export const ROLES = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  cell: { role: 'cell' },
  head: { role: 'columnheader' },
} as const
