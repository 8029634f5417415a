import { Unfinished } from '~/ui/index.ts'

export default function ItemPage() {
  return <Unfinished />
}
