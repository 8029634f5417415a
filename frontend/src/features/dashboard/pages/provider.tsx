import { useLingui } from '@lingui/react/macro'
import { Page } from '~/ui/index.ts'
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
  return (
    <Page title={greeting.title} documentTitle={t`Dashboard`} lead={greeting.lead}>
      <ForecastBanner />
      <ProviderFigures />
      <div className={css.grid}>
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
