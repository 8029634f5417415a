import { Unfinished } from '~/ui/index.ts'

/** Stands in for screens that are being written. */
export default function UnfinishedPage() {
  return <Unfinished />
}
