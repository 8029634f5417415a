/** Short echoes of what happened, with the code and styles that only they need. */
import '@mantine/core/styles/Notification.layer.css'
import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'
import css from './live.module.css'

export default function Toasts() {
  return <Notifications className={css.toasts} />
}
