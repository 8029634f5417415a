/** What the item asked for and promised before, and what each version changed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Panel, QueryState, Time } from '~/ui/index.ts'
import { changedNames, formFrom } from '../item-form.ts'
import { type CatalogVersion, versionsQuery } from '../queries.ts'
import { Changes } from './Changes.tsx'
import css from './editor.module.css'

export function Versions({ id }: { id: string }) {
  const query = useQuery(versionsQuery(id))
  return (
    <Panel title={<Trans>Versions</Trans>} note={<Trans>Each request keeps the version that it was made from.</Trans>}>
      <QueryState query={query} lines={3}>
        {({ items }) => (
          <ol className={css.versions}>
            {items.map((version, place) => (
              <li key={version.version}>
                <Version version={version} before={items[place + 1]} />
              </li>
            ))}
          </ol>
        )}
      </QueryState>
    </Panel>
  )
}

function Version({ version, before }: { version: CatalogVersion; before: CatalogVersion | undefined }) {
  const { t } = useLingui()
  const [was, now] = [before && formFrom(before), formFrom(version)]
  const nothing = was !== undefined && changedNames(was, now).length === 0
  return (
    <>
      <div className={css.versionHead}>
        <strong>
          <Trans>Version {version.version}</Trans>
        </strong>
        <span className={css.hint}>
          <Time at={version.created_at} style="datetime" />
        </span>
      </div>
      {was ? (
        nothing ? (
          <p className={css.hint}>
            <Trans>Only the sample changed.</Trans>
          </p>
        ) : (
          <Changes before={was} now={now} label={t`What version ${version.version} changed`} />
        )
      ) : (
        <p className={css.hint}>
          {version.version === 1 ? <Trans>The first one.</Trans> : <Trans>Not read further back.</Trans>}
        </p>
      )}
    </>
  )
}
