import { useLingui } from '@lingui/react/macro'
import clsx from 'clsx'
import { Page, useFirstAnswers } from '~/ui/index.ts'
import { AnsweredCard } from '../components/AnsweredCard.tsx'
import { DueCard } from '../components/DueCard.tsx'
import css from '../components/dashboard.module.css'
import { ForecastBanner } from '../components/ForecastBanner.tsx'
import { ProviderFigures } from '../components/ProviderFigures.tsx'
import { TeamCard } from '../components/TeamCard.tsx'
import { UnacknowledgedCard } from '../components/UnacknowledgedCard.tsx'
import { useGreeting } from '../components/use-greeting.ts'

export default function ProviderPage() {
  const { t } = useLingui()
  const greeting = useGreeting()
  // Cards grow with what is in them: none is seen before it has its place.
  const there = useFirstAnswers()
  return (
    <Page title={greeting.title} documentTitle={t`Dashboard`} lead={greeting.lead}>
      <ForecastBanner />
      <ProviderFigures />
      <div className={clsx(css.grid, !there && css.unplaced)}>
        <div className={css.column}>
          <UnacknowledgedCard place={1} />
          <AnsweredCard place={2} />
        </div>
        <div className={css.column}>
          <DueCard place={3} />
          <TeamCard place={4} />
        </div>
      </div>
    </Page>
  )
}
