/** Sentences about a file, under its row and as wide as the table. */
import clsx from 'clsx'
import css from './files.module.css'

export interface Note {
  bad: boolean
  text: string
}

export function NoteRow({ notes }: { notes: readonly Note[] }) {
  if (notes.length === 0) return null
  return (
    <tr>
      <td colSpan={5} className={css.noteCell}>
        {notes.map(({ bad, text }) => (
          <p key={text} className={clsx(css.note, bad && css.bad)} role={bad ? 'alert' : undefined}>
            {text}
          </p>
        ))}
      </td>
    </tr>
  )
}
