/** Who is typing; its place is kept, so that nothing moves when it comes and goes. */
import { Plural, Trans } from '@lingui/react/macro'
import type { PresentPerson } from '~/realtime/index.ts'
import css from './chat.module.css'

export function TypingLine({ typists, people }: { typists: readonly string[]; people: readonly PresentPerson[] }) {
  const names = typists.flatMap((id) => people.find(({ user_id }) => user_id === id)?.user.name ?? [])
  const [name] = names
  return (
    <p className={css.typing} role="status">
      {typists.length > 0 && (
        <>
          <span className={css.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          {typists.length === 1 && name ? (
            <Trans>{name} is typing</Trans>
          ) : (
            <Plural value={typists.length} one="Somebody is typing" other="# people are typing" />
          )}
        </>
      )}
    </p>
  )
}
