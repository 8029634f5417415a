import { Unfinished } from '~/ui/index.ts'

export default function ProvidersPage() {
  return <Unfinished />
}
