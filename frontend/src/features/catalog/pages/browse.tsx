import { Unfinished } from '~/ui/index.ts'

export default function BrowsePage() {
  return <Unfinished />
}
