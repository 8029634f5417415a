import { useLingui } from '@lingui/react/macro'
import { qrPath, qrSide } from '~/domain/qr-path.ts'
import css from './second-step.module.css'

/** Dark on white in either look: cameras expect that. */
export function QrCode({ rows }: { rows: readonly string[] }) {
  const { t } = useLingui()
  const side = qrSide(rows)
  return (
    <svg
      className={css.qr}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={t`QR code for the authenticator app. The key beside it is the same as text.`}
      shapeRendering="crispEdges"
    >
      <path d={qrPath(rows)} />
    </svg>
  )
}
