/** The dialog itself, apart, so that it is loaded alone. */
export { Modal as default } from '@mantine/core'
