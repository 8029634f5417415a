/** Keys that work on every screen, and the dialogs that they open. */
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { type Bindings, useKeys } from '../hotkeys.tsx'
import type { Place, Portal } from './portal.ts'

const Palette = lazy(() => import('./Palette.tsx'))
const Shortcuts = lazy(() => import('./Shortcuts.tsx'))

export type Opened = 'palette' | 'shortcuts' | null

interface ShellKeysProps {
  portal: Portal
  places: readonly Place[]
  opened: Opened
  onOpen: (opened: Opened) => void
}

export function ShellKeys({ portal, places, opened, onOpen }: ShellKeysProps) {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const everywhere: Bindings = useMemo(() => {
    const open = { run: () => onOpen('palette'), label: t`Search or jump` }
    return {
      'Ctrl+k': open,

      '?': { run: () => onOpen('shortcuts'), label: t`Show these keys` },
    }
  }, [t, onOpen])
  const going: Bindings = useMemo(
    () =>
      Object.fromEntries(
        places.flatMap(({ key, to, label }) =>
          key ? [[`g ${key}`, { run: () => void navigate({ to }), label: i18n._(label) }]] : [],
        ),
      ),
    [places, i18n, navigate],
  )
  useKeys(everywhere, { scope: t`Everywhere` })
  useKeys(going, { scope: t`Go to` })
  return (
    <Suspense fallback={null}>
      {opened === 'palette' && <Palette portal={portal} places={places} opened onClose={() => onOpen(null)} />}
      {opened === 'shortcuts' && <Shortcuts opened onClose={() => onOpen(null)} />}
    </Suspense>
  )
}
