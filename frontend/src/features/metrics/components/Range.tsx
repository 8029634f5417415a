/** How many months the charts go back. */
import { useLingui } from '@lingui/react/macro'
import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useKeys } from '~/ui/hotkeys.tsx'

const RANGES = [3, 6, 12]

export function useRange(): [number, (months: number) => void] {
  const { t } = useLingui()
  const [months, setMonths] = useState(6)
  const keys = useMemo(
    () => ({
      t: {
        run: () => setMonths((now) => RANGES[(RANGES.indexOf(now) + 1) % RANGES.length] ?? 6),
        label: t`Change the time range`,
      },
      e: { run: () => window.print(), label: t`Print these figures` },
    }),
    [t],
  )
  useKeys(keys, { scope: t`Figures` })
  return [months, setMonths]
}

export function Range({ months, onChange }: { months: number; onChange: (months: number) => void }) {
  const { t } = useLingui()
  return (
    <SegmentedControl
      aria-label={t`Time range`}
      value={String(months)}
      onChange={(value) => onChange(Number(value))}
      data={RANGES.map((each) => ({ value: String(each), label: t`${each} months` }))}
    />
  )
}
