/** The frame of a screen: one h1, a sentence, its actions; and the panels under it. */
import clsx from 'clsx'
import { type ReactNode, useEffect, useId } from 'react'
import css from './kit.module.css'

interface PageProps {
  title: ReactNode
  /** For the browser's tab, where the title is more than text. */
  documentTitle?: string
  lead?: ReactNode
  actions?: ReactNode
  narrow?: boolean
  children: ReactNode
}

export function Page({ title, documentTitle, lead, actions, narrow, children }: PageProps) {
  const tab = documentTitle ?? (typeof title === 'string' ? title : undefined)
  useEffect(() => {
    if (tab) document.title = `${tab} – LERS`
  }, [tab])
  return (
    <div className={clsx(css.page, narrow && css.narrow)}>
      <header className={css.head}>
        <div className={css.headText}>
          <h1 className={css.title}>{title}</h1>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {actions && <div className={clsx(css.actions, 'l-no-print')}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

interface PanelProps {
  title?: ReactNode
  note?: ReactNode
  actions?: ReactNode
  /** No padding: for tables and lists that bring their own. */
  flush?: boolean
  className?: string
  children: ReactNode
}

export function Panel({ title, note, actions, flush, className, children }: PanelProps) {
  const id = useId()
  return (
    <section className={clsx(css.panel, className)} aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <div className={css.panelHead}>
          <div>
            {title && (
              <h2 className={css.panelTitle} id={id}>
                {title}
              </h2>
            )}
            {note && <p className={css.panelNote}>{note}</p>}
          </div>
          {actions && <div className={clsx(css.actions, 'l-no-print')}>{actions}</div>}
        </div>
      )}
      <div className={clsx(css.panelBody, flush && css.flush)}>{children}</div>
    </section>
  )
}
