import { Unfinished } from '~/ui/index.ts'

export default function UsersPage() {
  return <Unfinished />
}
