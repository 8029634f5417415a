import { Unfinished } from '~/ui/index.ts'

export default function HealthPage() {
  return <Unfinished />
}
