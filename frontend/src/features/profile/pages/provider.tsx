import { Unfinished } from '~/ui/index.ts'

export default function ProviderPage() {
  return <Unfinished />
}
