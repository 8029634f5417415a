import { Unfinished } from '~/ui/index.ts'

export default function JobsPage() {
  return <Unfinished />
}
