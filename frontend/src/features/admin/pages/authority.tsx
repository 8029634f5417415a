import { Unfinished } from '~/ui/index.ts'

export default function AuthorityPage() {
  return <Unfinished />
}
