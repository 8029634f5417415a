import { Unfinished } from '~/ui/index.ts'

export default function TeamPage() {
  return <Unfinished />
}
