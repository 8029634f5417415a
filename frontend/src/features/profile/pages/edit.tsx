import { Unfinished } from '~/ui/index.ts'

export default function EditPage() {
  return <Unfinished />
}
