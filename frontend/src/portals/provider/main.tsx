/** The portal's entry: words, session, then the screens. */
import '~/ui/styles.ts'
import { start } from '~/ui/shell/start.tsx'
import { router } from './router.tsx'

start(router, import.meta.glob('./locales/*.po'), 'provider')
