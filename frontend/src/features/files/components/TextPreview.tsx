/** The beginning of a text file: separated values as a table, all else as it is. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { formatNumber } from '~/i18n/index.ts'
import { Loading } from '~/ui/index.ts'
import { decodeText, readTable } from '../text-table.ts'
import css from './files.module.css'

const MOST_BYTES = 512 * 1024
const MOST_LINES = 500

export function TextPreview({ blob, name, table }: { blob: Blob; name: string; table: boolean }) {
  const { t } = useLingui()
  const text = useText(blob)
  return (
    <div className={css.viewer}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={css.paper} tabIndex={0} aria-label={t`Content of ${name}`}>
        {text === null && <Loading lines={8} />}
        {text !== null && table && <Sheet text={text} name={name} />}
        {text !== null && !table && <Plain text={text} cut={blob.size > MOST_BYTES} />}
      </section>
    </div>
  )
}

function useText(blob: Blob): string | null {
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    let gone = false
    void blob
      .slice(0, MOST_BYTES)
      .arrayBuffer()
      .then((bytes) => !gone && setText(decodeText(new Uint8Array(bytes))))
    return () => {
      gone = true
    }
  }, [blob])
  return text
}

function Sheet({ text, name }: { text: string; name: string }) {
  const { head, rows, more } = readTable(text)
  return (
    <table className={css.sheet}>
      <caption>
        {name}:{' '}
        {more ? (
          <Trans>the first {formatNumber(rows.length)} rows</Trans>
        ) : (
          <Plural value={rows.length} one="# row" other="# rows" />
        )}
      </caption>
      <thead>
        <tr>
          {head.map((cell, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a table of a file never changes
            <th key={column} scope="col">
              {cell || '–'}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <tr key={line}>
            {row.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <td key={column}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Plain({ text, cut }: { text: string; cut: boolean }) {
  const lines = text.split('\n')
  return (
    <>
      <pre className={css.plain}>{lines.slice(0, MOST_LINES).join('\n')}</pre>
      {(cut || lines.length > MOST_LINES) && (
        <p className={css.hint}>
          <Trans>Only the beginning is shown. Download the file to read it whole.</Trans>
        </p>
      )}
    </>
  )
}
