import { Unfinished } from '~/ui/index.ts'

export default function ListPage() {
  return <Unfinished />
}
