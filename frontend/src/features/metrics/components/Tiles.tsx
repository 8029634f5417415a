/** Single figures, each with its definition, its number of cases and, where there is one, the list behind it. */
import type { ReactNode } from 'react'
import type { Figure } from '../definitions.ts'
import { Definition } from './Definition.tsx'
import css from './metrics.module.css'

export interface Tile {
  name: string
  figure: ReactNode
  note?: ReactNode
  definition: Figure
}

export function Tiles({ label, tiles }: { label: string; tiles: readonly Tile[] }) {
  return (
    <ul className={css.tiles} aria-label={label}>
      {tiles.map(({ name, figure, note, definition }) => (
        <li className={css.tile} key={name}>
          <div className={css.tileHead}>
            <span>{name}</span>
            <Definition of={name} figure={definition} />
          </div>
          <div className={css.figure}>{figure}</div>
          {note && <p className={css.note}>{note}</p>}
        </li>
      ))}
    </ul>
  )
}
