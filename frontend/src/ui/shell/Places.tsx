/** The places of a portal, in groups. */
import { useLingui } from '@lingui/react'
import { Link } from '@tanstack/react-router'
import { PlaceCount } from './PlaceCount.tsx'
import type { Place } from './portal.ts'
import css from './shell.module.css'

interface PlacesProps {
  places: readonly Place[]
  label: string
  onGo?: () => void
}

export function Places({ places, label, onGo }: PlacesProps) {
  const { i18n } = useLingui()
  const groups = [...new Set(places.map((place) => place.group))]
  return (
    <nav aria-label={label}>
      {groups.map((group) => (
        <div key={group?.id ?? 'rest'}>
          {group ? <p className={css.group}>{i18n._(group)}</p> : <p className={css.group} aria-hidden />}
          <ul className={css.list}>
            {places
              .filter((place) => place.group === group)
              .map(({ to, label: name, icon: Icon, count }) => (
                <li key={to}>
                  <Link to={to} className={css.place} activeOptions={{ exact: to === '/' }} onClick={onGo}>
                    <Icon size={18} stroke={1.7} />
                    <span className={css.placeName}>{i18n._(name)}</span>
                    {count && <PlaceCount of={count} />}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
