import { Unfinished } from '~/ui/index.ts'

export default function TenantsPage() {
  return <Unfinished />
}
