import { Unfinished } from '~/ui/index.ts'

export default function TrailPage() {
  return <Unfinished />
}
