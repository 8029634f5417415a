/** What officers see of a provider: hours, contacts, certificates, its word. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { formatPlainDate } from '~/i18n/index.ts'
import { Facts, Panel, ToneBadge, useNow } from '~/ui/index.ts'
import { localTime } from '../hours.ts'
import { usePlaces } from '../place-words.ts'
import type { Profile } from '../profile-form.ts'
import { OpeningBadge, WeekHours } from './Opening.tsx'
import css from './profile.module.css'

/** What of a profile is shown; the opening is the server's, of what is saved. */
export type Shown = Omit<Profile, 'opening' | 'abilities' | 'version' | 'updated_at'> &
  Partial<Pick<Profile, 'opening'>>

export function HoursPanel({ profile }: { profile: Shown }) {
  const { t } = useLingui()
  const now = useNow(60_000)
  const { placeName } = usePlaces(profile.country ?? null, profile.state ?? null)
  const today = localTime(now, profile.time_zone).date
  const ahead = profile.own_holidays.filter((date) => date >= today).slice(0, 6)
  return (
    <Panel title={<Trans>Hours</Trans>}>
      <div className={css.fields}>
        {profile.opening && <OpeningBadge opening={profile.opening} />}
        <WeekHours hours={profile.service_hours} zone={profile.time_zone} />
        <Facts
          rows={[
            [t`Time zone`, profile.time_zone === 'Asia/Kolkata' ? t`India (IST)` : profile.time_zone],
            [
              t`Holidays`,
              profile.holidays_affect_sla
                ? (placeName() ?? t`Its own closed days only`)
                : t`Working hours run on holidays, too`,
            ],
            [t`Closed days ahead`, profile.holidays_affect_sla && ahead.map(formatPlainDate).join('; ')],
          ]}
        />
      </div>
    </Panel>
  )
}

export function ContactPanel({ profile }: { profile: Shown }) {
  const { t } = useLingui()
  const { nodal_officer_name: name, nodal_officer_email: email, nodal_officer_phone: phone } = profile
  const unsaid = (
    <ToneBadge tone="warn">
      <Trans>Not given</Trans>
    </ToneBadge>
  )
  return (
    <Panel title={<Trans>Contacts</Trans>}>
      <div className={css.fields}>
        <div>
          <h3 className={css.hint}>
            <Trans>Emergency, day and night</Trans>
          </h3>
          {profile.emergency_contact ? (
            <p className={css.emergency}>
              <IconPhone size={16} aria-hidden /> {profile.emergency_contact}
            </p>
          ) : (
            unsaid
          )}
        </div>
        <Facts
          rows={[
            [t`Nodal officer`, name ?? unsaid],
            [
              t`Phone`,
              phone ? (
                <Anchor inherit key="tel" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
                  {phone}
                </Anchor>
              ) : (
                unsaid
              ),
            ],
            [
              t`E-mail`,
              email ? (
                <Anchor inherit key="mail" href={`mailto:${email}`}>
                  {email}
                </Anchor>
              ) : (
                unsaid
              ),
            ],
          ]}
        />
      </div>
    </Panel>
  )
}

export function WordPanel({ profile }: { profile: Shown }) {
  const certified = profile.iso_certified || profile.data_security_certified
  return (
    <Panel title={<Trans>Service commitment</Trans>}>
      <div className={css.fields}>
        {profile.service_commitment ? (
          <p className={css.providerText}>{profile.service_commitment}</p>
        ) : (
          <p className={css.hint}>
            <Trans>The provider has not given one.</Trans>
          </p>
        )}
        {certified ? (
          <Certificates profile={profile} />
        ) : (
          <p className={css.hint}>
            <Trans>It names no certificates.</Trans>
          </p>
        )}
      </div>
    </Panel>
  )
}

export function Certificates({ profile }: { profile: Pick<Profile, 'iso_certified' | 'data_security_certified'> }) {
  return (
    <span className={css.certs}>
      {profile.iso_certified && (
        <ToneBadge tone="info">
          <Trans>ISO certified</Trans>
        </ToneBadge>
      )}
      {profile.data_security_certified && (
        <ToneBadge tone="info">
          <Trans>Data security certified</Trans>
        </ToneBadge>
      )}
    </span>
  )
}
