/** All signing keys of a person, living and revoked: what each has signed can be checked for ever. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { fingerprintShort, type ServerKey } from '~/crypto/index.ts'
import { Dialog, ErrorSummary, Panel, problemsOf, Time, ToneBadge } from '~/ui/index.ts'
import { useRevokeKey } from '../queries.ts'
import css from './keys.module.css'

export function KeyHistory({ known, here }: { known: readonly ServerKey[]; here: string | null }) {
  const [asked, setAsked] = useState<ServerKey | null>(null)
  if (known.length === 0) return null
  const sorted = [...known].sort((a, b) => b.created_at.localeCompare(a.created_at))
  return (
    <Panel title={<Trans>All your signing keys</Trans>} flush>
      <ul className={css.history}>
        {sorted.map((key) => (
          <Row key={key.id} serverKey={key} here={key.id === here} onRevoke={() => setAsked(key)} />
        ))}
      </ul>
      <RevokeDialog asked={asked} here={asked?.id === here} onClose={() => setAsked(null)} />
    </Panel>
  )
}

function Row({ serverKey, here, onRevoke }: { serverKey: ServerKey; here: boolean; onRevoke: () => void }) {
  const { t } = useLingui()
  const name = serverKey.label ?? t`Signing key`
  return (
    <li>
      <div>
        <span className={css.name}>
          {name}
          {serverKey.revoked_at ? (
            <ToneBadge tone="quiet">
              <Trans>Revoked</Trans>
            </ToneBadge>
          ) : here ? (
            <ToneBadge tone="good">
              <Trans>In this browser</Trans>
            </ToneBadge>
          ) : (
            <ToneBadge tone="info">
              <Trans>In another browser</Trans>
            </ToneBadge>
          )}
        </span>
        <span className={css.meta}>
          <code>{fingerprintShort(serverKey.fingerprint)}…</code>
          <span>{serverKey.algorithm}</span>
          <span>
            <Trans>created</Trans> <Time at={serverKey.created_at} style="date" />
          </span>
          {serverKey.revoked_at && (
            <span>
              <Trans>revoked</Trans> <Time at={serverKey.revoked_at} style="date" />
            </span>
          )}
        </span>
      </div>
      {!serverKey.revoked_at && (
        <Button variant="default" size="xs" onClick={onRevoke} aria-label={t`Revoke ${name}`}>
          <Trans>Revoke</Trans>
        </Button>
      )}
    </li>
  )
}

function RevokeDialog({ asked, here, onClose }: { asked: ServerKey | null; here: boolean; onClose: () => void }) {
  const { t } = useLingui()
  const revoke = useRevokeKey()
  const close = () => {
    revoke.reset()
    onClose()
  }
  const name = asked?.label ?? t`Signing key`
  return (
    <Dialog opened={asked !== null} onClose={close} title={t`Revoke this key?`}>
      <ErrorSummary problems={revoke.error ? problemsOf(revoke.error, () => undefined) : []} />
      <Text size="sm">
        <Trans>
          Nothing can be signed with “{name}” any more, and it does not come back. What it has signed stays valid.
        </Trans>
      </Text>
      {here && (
        <Text size="sm" mt="sm">
          <Trans>It is the key of this browser: create a new one before you sign again.</Trans>
        </Text>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          <Trans>Cancel</Trans>
        </Button>
        <Button
          color="red.9"
          loading={revoke.isPending}
          onClick={() => asked && revoke.mutate(asked.id, { onSuccess: close })}
        >
          <Trans>Revoke the key</Trans>
        </Button>
      </Group>
    </Dialog>
  )
}
