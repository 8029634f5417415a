import { Unfinished } from '~/ui/index.ts'

export default function EditorPage() {
  return <Unfinished />
}
