import { Unfinished } from '~/ui/index.ts'

export default function ManagePage() {
  return <Unfinished />
}
