import { Unfinished } from '~/ui/index.ts'

export default function BreakGlassPage() {
  return <Unfinished />
}
